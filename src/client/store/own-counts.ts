import { isMentioned, isUnread } from "./own-read.ts";
import { comparePositions } from "./position.ts";
import type { RoomState } from "./room-state.ts";

/**
 * An encrypted room with the counts that this device makes: the server cannot read whom a message mentions, and takes what
 * it cannot read for a message. Where what is here does not reach back to what was read, its count is the best there is.
 */
export function withOwnCounts(room: RoomState, ownUserId: string): RoomState {
	const { summary, timeline } = room;
	if (summary?.encryption === undefined || summary.membership !== "join") return room;
	const readPosition = summary.readPosition ?? "0";
	const unread = timeline.events.filter((event) => isUnread(event, readPosition, ownUserId));
	const mentionCount = unread.filter((event) => isMentioned(event, ownUserId)).length;
	const oldest = timeline.events[0];
	const reachesBack =
		timeline.isComplete || (oldest !== undefined && comparePositions(oldest.position, readPosition) <= 0);
	const unreadCount = reachesBack ? unread.length : Math.max(summary.unreadCount, unread.length);
	if (unreadCount === summary.unreadCount && mentionCount === summary.mentionCount) return room;
	return { ...room, summary: { ...summary, unreadCount, mentionCount } };
}
