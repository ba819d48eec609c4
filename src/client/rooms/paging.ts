import { clientCipher } from "../crypto/client-cipher.ts";
import { decryptPage, decryptSummaries } from "../crypto/decrypt-received.ts";
import { withRoom } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import { mergeOlder } from "../store/merge-timeline.ts";
import { emptyRoom } from "../store/room-state.ts";
import { api } from "../trpc/trpc.ts";

/** Reads the next older page of a room's timeline; from the newest when nothing is here yet. */
export async function loadOlderEvents(roomId: string, isRetry = false): Promise<void> {
	const cursor = clientStore.get().rooms.get(roomId)?.timeline.olderCursor;
	const answer = await api.messages.page.query({
		roomId,
		direction: "backwards",
		limit: 50,
		isRetry,
		...(cursor !== undefined && { cursor }),
	});
	const page = await decryptPage(clientCipher, roomId, answer);
	clientStore.set((state) =>
		withRoom(state, roomId, (room) => ({ ...room, timeline: mergeOlder(room.timeline, page) })),
	);
}

/** Reads the newest page again after a change that could not be applied to what is here. */
export async function refreshNewest(roomId: string): Promise<void> {
	const answer = await api.messages.page.query({ roomId, direction: "backwards", limit: 50 });
	const page = await decryptPage(clientCipher, roomId, answer);
	clientStore.set((state) =>
		withRoom(state, roomId, (room) => {
			const { olderCursor, isComplete } = room.timeline;
			const merged = mergeOlder(room.timeline, page);
			return { ...room, timeline: { ...merged, olderCursor, isComplete, isStale: false } };
		}),
	);
}

/** Reads the next page of the chat list. */
export async function loadOlderRooms(): Promise<void> {
	const cursor = clientStore.get().olderRoomsCursor;
	if (cursor === undefined) return;
	const page = await api.rooms.list.query({ cursor, limit: 50 });
	const summaries = await decryptSummaries(clientCipher, page.items);
	clientStore.set((state) => {
		const rooms = new Map(state.rooms);
		for (const summary of summaries) {
			const known = rooms.get(summary.roomId) ?? emptyRoom(summary.roomId);
			// What the subscription brought is newer than the page.
			if (known.summary === undefined) rooms.set(summary.roomId, { ...known, summary });
		}
		return { ...state, rooms, olderRoomsCursor: page.nextCursor };
	});
}

/** How many chats a page has at hand without being asked for more: to paint, to search by name, to keep. */
const wantedRooms = 200;

/** Reads on down the chat list after a start, page by page, until enough chats are here. */
export async function fillRoomList(): Promise<void> {
	for (;;) {
		const { rooms, olderRoomsCursor } = clientStore.get();
		if (olderRoomsCursor === undefined || rooms.size >= wantedRooms) return;
		await loadOlderRooms();
		if (clientStore.get().olderRoomsCursor === olderRoomsCursor) return;
	}
}
