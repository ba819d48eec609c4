export type { PlanContext } from "./append/append-job.ts";
export { type AppendLane, type Committed, createAppendLane } from "./append/append-lane.ts";
export { createHeadCache } from "./append/head-cache.ts";
export type { DraftEvent, PlacedEvent, RoomDraft } from "./append/room-draft.ts";
export type { TargetEvent } from "./append/room-head.ts";
export { createRooms, type Rooms } from "./create-rooms.ts";
export type { AppendStore, RoomDirectory } from "./ports.ts";
export { readRoomDetails } from "./read-room-details.ts";
export { createWriteLimiter, type WriteLimiter } from "./write-limiter.ts";
