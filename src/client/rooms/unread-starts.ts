import { observable } from "../store/observable.ts";

/** By room: up to where it was read when it was opened last. Rooms that had nothing unread then are not here. */
export const unreadStarts = observable<ReadonlyMap<string, string>>(new Map());

/** Notes up to where a room was read at its opening; undefined: nothing was unread. */
export function noteUnreadStart(roomId: string, position: string | undefined): void {
	unreadStarts.set((known) => {
		if (known.get(roomId) === position) return known;
		const next = new Map(known);
		if (position === undefined) next.delete(roomId);
		else next.set(roomId, position);
		return next;
	});
}
