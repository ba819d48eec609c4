export { createTimeline, type Timeline } from "./create-timeline.ts";
export type {
	EditCandidate,
	EventReader,
	MembersFilter,
	RangeWalk,
	ReactionTally,
	ReadersLookup,
	ReadReceipt,
	RelationKind,
	RoleState,
	RoomAccess,
	RoomMember,
	RoomRange,
	TimelineRecord,
	TimelineStore,
	ViewedRoom,
	ViewerMark,
	WaitedServer,
	WalkQuery,
} from "./ports.ts";
export type { Changes } from "./read-changes.ts";
export { roleOf } from "./role.ts";
export { toWireEvent } from "./to-wire-event.ts";
export { type EventStanding, mayReadEvent, type Standing } from "./visibility.ts";
