import { wireSyncItem } from "../../../src/shared/wire/sync.ts";
import { openSocketCaller, type SocketCaller } from "../../server-process/socket-caller.ts";

interface TypingOptions {
	readonly origin: string;
	readonly cookie: string;
	readonly ca: string;
	readonly userId: string;
}

/** Who writes where, as a page of this person's would show it: follows the stream from the first question on. */
export const followTyping = ({ origin, cookie, ca, userId }: TypingOptions) => {
	const writers = new Map<string, readonly string[]>();
	let socket: Promise<SocketCaller> | undefined;
	const open = async (): Promise<SocketCaller> => {
		const caller = await openSocketCaller(origin, cookie, { ca });
		caller.subscribe({}, (frame) => {
			const item = wireSyncItem.safeParse(JSON.parse(frame).result?.data?.data).data;
			if (item?.kind !== "ephemeral") return;
			for (const { roomId, userIds } of item.typing) writers.set(roomId, userIds);
		});
		return caller;
	};
	return {
		of: async (roomId: string): Promise<readonly string[]> => {
			socket ??= open();
			await socket;
			return (writers.get(roomId) ?? []).filter((writer) => writer !== userId);
		},
	};
};
