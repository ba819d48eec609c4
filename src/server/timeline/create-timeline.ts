import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { createStreamReads } from "./create-stream-reads.ts";
import { listMembers, type MembersQuery } from "./list-members.ts";
import type { TimelineOptions } from "./ports.ts";
import { type AroundQuery, readAround } from "./read-around.ts";
import { type ChangesQuery, readChanges } from "./read-changes.ts";
import { type ClosestQuery, readClosestMessage } from "./read-closest-message.ts";
import { type PageQuery, readPage } from "./read-page.ts";
import { readProgress } from "./read-progress.ts";
import { type ReadersQuery, readReaders } from "./read-readers.ts";
import { type RoomListQuery, readRoomList } from "./read-room-list.ts";
import { readSummaries } from "./read-summaries.ts";
import { type RoomsQuery, readRooms, readWindow, type WindowQuery } from "./read-window.ts";

/** The area's use cases, bound to what they read from. */
export const createTimeline = ({ store, privacyOf }: TimelineOptions) => ({
	page: (viewerId: UserId, query: PageQuery) => readPage(store, viewerId, query),
	around: (viewerId: UserId, query: AroundQuery) => readAround(store, viewerId, query),
	closestMessage: (viewerId: UserId, query: ClosestQuery) => readClosestMessage(store, viewerId, query),
	readers: (viewerId: UserId, query: ReadersQuery) => readReaders({ store, privacyOf }, viewerId, query),
	members: (viewerId: UserId, query: MembersQuery) => listMembers(store, viewerId, query),
	roomList: (viewerId: UserId, query: RoomListQuery) => readRoomList(store, viewerId, query),
	readWindow: (viewerId: UserId, query: WindowQuery) => readWindow(store, viewerId, query),
	/** Rooms that a client has just got into, as a window shows them. */
	readRooms: (viewerId: UserId, query: RoomsQuery) => readRooms(store, viewerId, query),
	readChanges: (viewerId: UserId, query: ChangesQuery) => readChanges(store, viewerId, query),
	/** The rows of several people for several rooms. */
	readSummaries: (viewerIds: readonly UserId[], roomNids: readonly number[]) =>
		readSummaries(store, viewerIds, roomNids),
	readProgress: (viewerId: UserId, roomNids: readonly number[]) => readProgress(store, viewerId, roomNids),
	/** The same reads in the shape that the stream asks for. */
	streamReads: createStreamReads(store),
});

export type Timeline = ReturnType<typeof createTimeline>;
