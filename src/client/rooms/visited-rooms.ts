import { withRoom } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import { withoutWindow } from "../store/history-window.ts";
import { trimTimeline } from "../store/trim-timeline.ts";

/** So many chats keep everything that was read of them; of the others only a screenful or two. */
const keptRooms = 5;
const keptEvents = 60;

let visited: readonly string[] = [];

/** Notes that a chat is looked at, and lets go of what was read in those that were left long ago. */
export function noteVisit(roomId: string): void {
	const order = [roomId, ...visited.filter((one) => one !== roomId)];
	visited = order.slice(0, keptRooms);
	for (const left of order.slice(keptRooms)) {
		if (!clientStore.get().rooms.has(left)) continue;
		clientStore.set((state) =>
			withRoom(state, left, ({ quoted: _, ...room }) => {
				return { ...withoutWindow(room), timeline: trimTimeline(room.timeline, keptEvents) };
			}),
		);
	}
}
