import { wireSyncItem } from "../../../src/shared/wire/sync.ts";
import { openSocketCaller, type SocketCaller } from "../../server-process/socket-caller.ts";

interface TypingOptions {
	readonly origin: string;
	readonly cookie: string;
	readonly ca: string;
	readonly userId: string;
}

/** Who writes where and who is there, as a page of this person's would show it: follows the stream from the first question on. */
export const followEphemeral = ({ origin, cookie, ca, userId }: TypingOptions) => {
	const writers = new Map<string, readonly string[]>();
	const online = new Set<string>();
	let socket: Promise<SocketCaller> | undefined;
	const open = async (): Promise<SocketCaller> => {
		const caller = await openSocketCaller(origin, cookie, { ca });
		caller.subscribe({}, (frame) => {
			const item = wireSyncItem.safeParse(JSON.parse(frame).result?.data?.data).data;
			if (item?.kind !== "ephemeral") return;
			for (const { roomId, userIds } of item.typing) writers.set(roomId, userIds);
			for (const one of item.presence) {
				if (one.isOnline) online.add(one.userId);
				else online.delete(one.userId);
			}
		});
		return caller;
	};
	return {
		/** Whether somebody else is there. Whoever asks is there from then on. */
		isOnline: async (other: string): Promise<boolean> => {
			socket ??= open();
			await socket;
			return online.has(other);
		},
		of: async (roomId: string): Promise<readonly string[]> => {
			socket ??= open();
			await socket;
			return (writers.get(roomId) ?? []).filter((writer) => writer !== userId);
		},
	};
};
