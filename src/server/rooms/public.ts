export type { PlanContext } from "./append/append-job.ts";
export { type AppendLane, type Committed, createAppendLane } from "./append/append-lane.ts";
export { createHeadCache } from "./append/head-cache.ts";
export type { DraftEvent, PlacedEvent, RoomDraft } from "./append/room-draft.ts";
export type { TargetEvent } from "./append/room-head.ts";
export { addAlias, removeAlias } from "./change-alias.ts";
export {
	banPerson,
	forgetRoom,
	invitePerson,
	joinRoom,
	kickPerson,
	leaveRoom,
	unbanPerson,
} from "./change-membership.ts";
export { createRoom } from "./create-room.ts";
export type { RoomDirectory } from "./ports.ts";
export { readRoomDetails } from "./read-room-details.ts";
export type { RoomsDependencies } from "./rooms-dependencies.ts";
export { setRole } from "./set-role.ts";
export { setAvatar, setHistoryVisibility, setJoinRule, setName, setTopic } from "./set-room-state.ts";
export { upgradeRoom } from "./upgrade-room.ts";
