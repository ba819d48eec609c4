import type { SocketCaller } from "../server-process/socket-caller.ts";
import { inParallel } from "./statistics.ts";

const lanes = 16;

/** Starts the sync subscription, asked for `input`, on each socket, some at a time, and waits until each has its first item. */
export async function subscribeAll(
	sockets: readonly SocketCaller[],
	onFrame: (frame: string) => void = () => undefined,
	input: object = {},
): Promise<void> {
	await inParallel(
		sockets,
		lanes,
		(socket) =>
			new Promise<void>((resolve, reject) => {
				void socket.closed.then(() => reject(new Error("a socket closed before its first item")));
				let isFirst = true;
				socket.subscribe(input, (frame) => {
					if (isFirst && frame.includes('"kind":"start"')) {
						isFirst = false;
						resolve();
					} else onFrame(frame);
				});
			}),
	);
}
