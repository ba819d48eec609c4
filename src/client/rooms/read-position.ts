import type { WireEvent } from "../../shared/wire/event.ts";
import { withRoom } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import { readUpTo } from "../store/own-read.ts";
import type { OwnRead } from "../store/room-state.ts";
import { api } from "../trpc/trpc.ts";
import { tellWindows } from "../windows/window-channel.ts";

/**
 * Moves the own read position to an event. Read is a local fact first: the badge is gone at once, in every window and over
 * a reload; the server hears of it as soon as it can be reached.
 */
export function markRead(roomId: string, { eventId, position }: WireEvent): void {
	const read = { eventId, position };
	if (!noteRead(roomId, read)) return;
	tellWindows({ kind: "read", roomId, read });
	void tellServer(roomId, read);
}

/** Takes over what was read, here or in another window. False when it was read that far before. */
export function noteRead(roomId: string, read: OwnRead): boolean {
	const before = clientStore.get();
	const room = before.rooms.get(roomId);
	if (room === undefined) return false;
	const after = readUpTo(room, read, before.me?.userId ?? "");
	if (after === room) return false;
	clientStore.set((state) => withRoom(state, roomId, () => after));
	return true;
}

/** Tells the server what it has not heard of yet. */
export function sendOwnReads(): void {
	for (const { roomId, ownRead } of clientStore.get().rooms.values()) {
		if (ownRead !== undefined) void tellServer(roomId, ownRead);
	}
}

/** Receipts only move forward: a lost one is sent again, or made good by the next. */
async function tellServer(roomId: string, { eventId }: OwnRead): Promise<void> {
	await api.messages.markRead.mutate({ roomId, eventId, kind: "public" }).catch(() => undefined);
}
