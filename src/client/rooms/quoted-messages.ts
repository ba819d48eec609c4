import { clientCipher } from "../crypto/client-cipher.ts";
import { decryptPage } from "../crypto/decrypt-received.ts";
import { withRoom } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import { mergeNewer } from "../store/merge-timeline.ts";
import { emptyTimeline } from "../store/room-state.ts";
import { failureOf } from "../trpc/errors.ts";
import { api } from "../trpc/trpc.ts";
import { onWayOpen } from "../trpc/way-openings.ts";

interface Quoted {
	readonly roomId: string;
	readonly eventId: string;
}

/** Those that are asked for, and those that do not exist or may not be seen: they are not asked for twice. */
const asked = new Set<string>();
/** Those for which no server was there. */
let unanswered: readonly Quoted[] = [];

onWayOpen(() => {
	const again = unanswered;
	unanswered = [];
	for (const { roomId, eventId } of again) void loadQuoted(roomId, eventId);
});

/** Reads a message that another one quotes and that is not here. A second call does nothing. */
export async function loadQuoted(roomId: string, eventId: string): Promise<void> {
	// What one account may not see, another on this page may.
	const key = `${clientStore.get().me?.userId} ${roomId} ${eventId}`;
	if (asked.has(key)) return;
	asked.add(key);
	try {
		const answer = await api.messages.around.query({ roomId, eventId, limit: 1 });
		const items = answer.items.filter((event) => event.eventId === eventId);
		const page = await decryptPage(clientCipher, roomId, { items, asOf: answer.asOf });
		clientStore.set((state) =>
			withRoom(state, roomId, (room) => ({ ...room, quoted: mergeNewer(room.quoted ?? emptyTimeline, page) })),
		);
		if (items.length > 0) asked.delete(key);
	} catch (error) {
		const { code } = failureOf(error);
		if (code === "not-found" || code === "bad-input" || code === "not-a-member") return;
		asked.delete(key);
		if (code === "offline") unanswered = [...unanswered, { roomId, eventId }];
	}
}
