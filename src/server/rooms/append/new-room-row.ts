import type { RoomRow } from "./room-head.ts";

/** The row of a room that has no events yet. */
export const newRoomRow = (
	beginning: Pick<RoomRow, "nid" | "roomId" | "version" | "kind" | "creatorId" | "createTransactionId">,
): RoomRow => ({
	...beginning,
	headPosition: 0,
	depth: 0,
	stateGroupId: undefined,
	messageCount: 0,
	lastMessageNid: undefined,
	lastActivity: 0,
	name: undefined,
	topic: undefined,
	avatarUrl: undefined,
	joinRule: "invite",
	historyVisibility: "shared",
	joinedCount: 0,
	invitedCount: 0,
	replacementRoomId: undefined,
	encryption: undefined,
});
