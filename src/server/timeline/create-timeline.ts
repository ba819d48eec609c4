import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { listMembers, type MembersQuery } from "./list-members.ts";
import type { TimelineStore } from "./ports.ts";
import { type AroundQuery, readAround } from "./read-around.ts";
import { type ChangesQuery, readChanges } from "./read-changes.ts";
import { type PageQuery, readPage } from "./read-page.ts";
import { readProgress } from "./read-progress.ts";
import { type RoomListQuery, readRoomList } from "./read-room-list.ts";
import { readSummaries } from "./read-summaries.ts";
import { readRooms, readWindow, type WindowQuery } from "./read-window.ts";

/** The area's use cases, bound to what they read from. */
export const createTimeline = ({ store }: { readonly store: TimelineStore }) => ({
	readWindow: (viewerId: UserId, query: WindowQuery) => readWindow(store, viewerId, query),
	readRooms: (viewerId: UserId, query: Parameters<typeof readRooms>[2]) => readRooms(store, viewerId, query),
	readRoomList: (viewerId: UserId, query: RoomListQuery) => readRoomList(store, viewerId, query),
	/** The rows of several people for several rooms: what a change of a room is told to all its subscribers with. */
	readSummaries: (viewerIds: readonly UserId[], roomNids: readonly number[]) =>
		readSummaries(store, viewerIds, roomNids),
	readChanges: (viewerId: UserId, query: ChangesQuery) => readChanges(store, viewerId, query),
	/**
	 * Everything that happened in all rooms after `from` up to `to`, in stream order and for nobody in particular: read
	 * once per process and shared by its subscribers, who make it their own with `mayReadEvent` and `toWireEvent`.
	 */
	readEventsBetween: (from: number, to: number) => store.readStream(from, to),
	readPage: (viewerId: UserId, query: PageQuery) => readPage(store, viewerId, query),
	readAround: (viewerId: UserId, query: AroundQuery) => readAround(store, viewerId, query),
	listMembers: (viewerId: UserId, query: MembersQuery) => listMembers(store, viewerId, query),
	readProgress: (viewerId: UserId, roomNids: readonly number[]) => readProgress(store, viewerId, roomNids),
});

export type Timeline = ReturnType<typeof createTimeline>;
