import { clientCipher } from "../crypto/client-cipher.ts";
import { decryptPage } from "../crypto/decrypt-received.ts";
import { withRoom } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import { withNewerPage, withOlderPage, withoutWindow, withWindow } from "../store/history-window.ts";
import type { RoomState } from "../store/room-state.ts";
import { api } from "../trpc/trpc.ts";

const pageSize = 50;

/** Reads the events around one that is not here. */
export async function openAround(roomId: string, eventId: string): Promise<void> {
	const answer = await api.messages.around.query({ roomId, eventId, limit: pageSize });
	const around = await decryptPage(clientCipher, roomId, answer);
	change(roomId, (room) => withWindow(room, around));
}

/** Reads what lies around the place up to which was read: a page of what came before it, and one of what is new. */
export async function openAtUnread(roomId: string, readPosition: string): Promise<void> {
	// A page ends before its cursor, and the event that was read last belongs to what came before.
	const behind = String(BigInt(readPosition) + 1n);
	const [before, after] = await Promise.all([
		readPage({ roomId, direction: "backwards", cursor: behind }),
		readPage({ roomId, direction: "forwards", cursor: readPosition }),
	]);
	const { items, nextCursor, asOf } = before;
	change(roomId, (room) =>
		withNewerPage(withWindow(room, { items, olderCursor: nextCursor, newerCursor: readPosition, asOf }), after),
	);
}

/** Reads the next older page of the window that is open. */
export async function loadOlderInWindow(roomId: string, isRetry = false): Promise<void> {
	const cursor = windowOf(roomId)?.timeline.olderCursor;
	if (cursor === undefined) return;
	const page = await readPage({ roomId, direction: "backwards", cursor }, isRetry);
	change(roomId, (room) => withOlderPage(room, page));
}

/** Reads the next newer page of it; with the page that reaches the newest events it is a window no longer. */
export async function loadNewerInWindow(roomId: string): Promise<void> {
	const cursor = windowOf(roomId)?.newerCursor;
	if (cursor === undefined) return;
	const page = await readPage({ roomId, direction: "forwards", cursor });
	change(roomId, (room) => withNewerPage(room, page));
}

/** Goes back to the newest events. */
export function closeWindow(roomId: string): void {
	if (windowOf(roomId) !== undefined) change(roomId, withoutWindow);
}

async function readPage(
	where: { roomId: string; direction: "backwards" | "forwards"; cursor: string },
	isRetry = false,
) {
	const { roomId } = where;
	const answer = await api.messages.page.query({ ...where, limit: pageSize, isRetry });
	return decryptPage(clientCipher, roomId, answer);
}

function windowOf(roomId: string) {
	return clientStore.get().rooms.get(roomId)?.history;
}

function change(roomId: string, next: (room: RoomState) => RoomState): void {
	clientStore.set((state) => withRoom(state, roomId, next));
}
