import type { WireEvent } from "../../shared/wire/event.ts";
import { withRoom } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import { comparePositions } from "../store/position.ts";
import { api } from "../trpc/trpc.ts";

/**
 * Moves the own read position to an event. Read is a local fact first: the badge is gone at once; the server hears of it
 * as soon as it can be reached, for receipts only move forward and the next one makes a lost one good.
 */
export async function markRead(roomId: string, event: WireEvent): Promise<void> {
	const summary = clientStore.get().rooms.get(roomId)?.summary;
	if (summary === undefined || summary.membership !== "join") return;
	if (summary.readPosition !== undefined && comparePositions(summary.readPosition, event.position) >= 0) return;
	clientStore.set((state) =>
		withRoom(state, roomId, (room) => ({
			...room,
			summary: { ...summary, readPosition: event.position, unreadCount: 0, mentionCount: 0 },
		})),
	);
	await api.messages.markRead.mutate({ roomId, eventId: event.eventId, kind: "public" });
}
