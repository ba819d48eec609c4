export type { PlanContext } from "./append/append-job.ts";
export { type AppendLane, type Committed, createAppendLane } from "./append/append-lane.ts";
export { ApprovalWanted } from "./append/approval.ts";
export { noteEnds } from "./append/ends-rows.ts";
export type { Verdict } from "./append/event-row.ts";
export { createHeadCache } from "./append/head-cache.ts";
export { newRoomRow } from "./append/new-room-row.ts";
export { isSpace, type Projection, projectMessage, projectRelation, projectState } from "./append/project-event.ts";
export { emptyReceivedRows, type ReceivedTransactionRow } from "./append/received-rows.ts";
export type { DraftEvent, PlacedEvent, RoomDraft } from "./append/room-draft.ts";
export type { RoomRow, TargetEvent } from "./append/room-head.ts";
export type { RowBatch } from "./append/row-batch.ts";
export { stateGroupLevel } from "./append/state-group-shape.ts";
export { createRooms, type Rooms } from "./create-rooms.ts";
export type { GraphEvent, PlacedInChain, PlacedState, RoomGraph, StatePlace, StoredRoom } from "./graph-ports.ts";
export { createInviteLinks, type InviteLinks } from "./invite-links/create-invite-links.ts";
export type { InviteLinkStore, LiveInviteLink, NewInviteLink, StoredInviteLink } from "./invite-links/ports.ts";
export type {
	AppendStore,
	AppendTransaction,
	Profile,
	PublicRoom,
	PublicRoomSearch,
	PublicRoomsElsewhereQuery,
	RemoteRooms,
	RoomDirectory,
	RoomPreview,
	SpacePage,
	SpaceQuery,
	SpaceRoom,
} from "./ports.ts";
export { readRoomDetails } from "./read-room-details.ts";
export type { EndsChange, EndsSummary, RoomEnds } from "./room-ends.ts";
export { createWriteLimiter, type WriteLimiter } from "./write-limiter.ts";
