import type { WireEvent } from "../../shared/wire/event.ts";
import { comparePositions } from "./position.ts";
import type { OwnRead, RoomState } from "./room-state.ts";

/**
 * A room whose row the server has just sent, and whose unread counts know what was read here. The row may be from before
 * the server heard of that: then the messages behind the own position are counted. Once it is as far, its counts hold.
 */
export function withOwnRead({ ownRead, ...room }: RoomState, ownUserId: string): RoomState {
	const { summary } = room;
	if (ownRead === undefined) return room;
	if (summary === undefined) return { ...room, ownRead };
	if (isAtLeast(summary.readPosition, ownRead.position)) return room;
	const unread = room.timeline.events.filter((event) => isUnread(event, ownRead.position, ownUserId));
	return {
		...room,
		ownRead,
		summary: {
			...summary,
			readPosition: ownRead.position,
			unreadCount: unread.length,
			mentionCount: unread.filter((event) => isMentioned(event, ownUserId)).length,
		},
	};
}

/** A room read up to an event; the same room where it was read that far before. */
export function readUpTo(room: RoomState, ownRead: OwnRead, ownUserId: string): RoomState {
	if (room.summary?.membership !== "join" || isAtLeast(room.summary.readPosition, ownRead.position)) return room;
	return withOwnRead({ ...room, ownRead }, ownUserId);
}

function isAtLeast(position: string | undefined, wanted: string): boolean {
	return position !== undefined && comparePositions(position, wanted) >= 0;
}

/** True for a message of somebody else behind a position. */
export function isUnread(event: WireEvent, position: string, ownUserId: string): boolean {
	return (
		event.type === "m.room.message" &&
		event.sender !== ownUserId &&
		event.redactedBy === undefined &&
		comparePositions(event.position, position) > 0
	);
}

export function isMentioned(event: WireEvent, ownUserId: string): boolean {
	const mentions = event.content["m.mentions"];
	const userIds = typeof mentions === "object" && mentions !== null && "user_ids" in mentions ? mentions.user_ids : [];
	return Array.isArray(userIds) && userIds.includes(ownUserId);
}
