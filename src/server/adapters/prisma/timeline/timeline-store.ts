import type pg from "pg";
import type { TimelineStore } from "../../../timeline/public.ts";
import { databaseError } from "../database-error.ts";
import { findMembers, listMembers, readRoleState } from "./list-members.ts";
import { findEvent, readEventsByNid, readHead, walkRanges } from "./read-events.ts";
import { readMarks } from "./read-marks.ts";
import { readReaders } from "./read-readers.ts";
import { readEdits, readReactions } from "./read-relations.ts";
import { findMovedReceipts, readDelivered, readReceipts, readStream } from "./read-stream.ts";
import { findAccess, findChangedRooms, findRooms, listRooms } from "./viewed-rooms.ts";

/** Reads of rooms on PostgreSQL. Any connection of the pool will do for each of them. */
export const createTimelineStore = (pool: pg.Pool): TimelineStore => ({
	readHead: () => attempt(readHead(pool)),
	listRooms: (viewerId, page) => attempt(listRooms(pool, viewerId, page)),
	findRooms: (viewerIds, roomNids) => attempt(findRooms(pool, viewerIds, roomNids)),
	findChangedRooms: (viewerId, after, limit) => attempt(findChangedRooms(pool, viewerId, { after, limit })),
	findAccess: (viewerId, roomId) => attempt(findAccess(pool, viewerId, roomId)),
	readMarks: (pairs) => attempt(readMarks(pool, pairs)),
	walkRanges: (query) => attempt(walkRanges(pool, query)),
	readEventsByNid: (nids) => attempt(readEventsByNid(pool, nids)),
	findEvent: (roomNid, eventId) => attempt(findEvent(pool, roomNid, eventId)),
	readEdits: (targets) => attempt(readEdits(pool, targets)),
	readReactions: (viewerId, targets, ranges) => attempt(readReactions(pool, viewerId, { targets, ranges })),
	readStream: (from, to) => attempt(readStream(pool, from, to)),
	findMovedReceipts: (viewerId, span) => attempt(findMovedReceipts(pool, viewerId, span)),
	readReceipts: (roomNids) => attempt(readReceipts(pool, roomNids)),
	readDelivered: (roomNids, viewerId) => attempt(readDelivered(pool, roomNids, viewerId)),
	readReaders: (roomNid, query) => attempt(readReaders(pool, roomNid, query)),
	listMembers: (roomNid, page) => attempt(listMembers(pool, roomNid, page)),
	findMembers: (roomNid, userIds) => attempt(findMembers(pool, roomNid, userIds)),
	readRoleState: (roomNid) => attempt(readRoleState(pool, roomNid)),
});

const attempt = async <T>(reading: Promise<T>): Promise<T> => {
	try {
		return await reading;
	} catch (error) {
		throw databaseError(error);
	}
};
