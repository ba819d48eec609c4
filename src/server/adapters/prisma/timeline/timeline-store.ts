import type pg from "pg";
import type { TimelineStore } from "../../../timeline/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { findMembers, listMembers, readRoleState } from "./list-members.ts";
import { messagesAround } from "./messages-around.ts";
import { findEvent, readEventsByNid, readHead, walkRanges } from "./read-events.ts";
import { readMarks } from "./read-marks.ts";
import { readReaders } from "./read-readers.ts";
import { readEdits, readReactions } from "./read-relations.ts";
import { findMovedReceipts, readDelivered, readReceipts, readStream } from "./read-stream.ts";
import { serversWithout } from "./servers-without.ts";
import { type TakesNoInvitations, takesAll } from "./unwanted-invitation.ts";
import { findAccess, findChangedRooms, findRooms, type ListReader, listRooms } from "./viewed-rooms.ts";

/**
 * Reads of rooms on PostgreSQL. Any connection of the pool will do for each of them. `takesNone`: people here get no
 * invitations from other servers.
 */
export const createTimelineStore = (pool: pg.Pool, takesNone: TakesNoInvitations = takesAll): TimelineStore => {
	const lists = (): ListReader => ({ client: pool, takesNone: takesNone() });
	return {
		readHead: () => withDatabaseErrors(readHead(pool)),
		listRooms: (viewerId, page) => withDatabaseErrors(listRooms(lists(), viewerId, page)),
		findRooms: (viewerIds, roomNids) => withDatabaseErrors(findRooms(lists(), viewerIds, roomNids)),
		findChangedRooms: (viewerId, after, limit) =>
			withDatabaseErrors(findChangedRooms(lists(), viewerId, { after, limit })),
		findAccess: (viewerId, roomId) => withDatabaseErrors(findAccess(pool, viewerId, roomId)),
		readMarks: (pairs) => withDatabaseErrors(readMarks(pool, pairs)),
		walkRanges: (query) => withDatabaseErrors(walkRanges(pool, query)),
		readEventsByNid: (nids) => withDatabaseErrors(readEventsByNid(pool, nids)),
		findEvent: (roomNid, eventId) => withDatabaseErrors(findEvent(pool, roomNid, eventId)),
		messagesAround: (roomNid, query) => withDatabaseErrors(messagesAround(pool, roomNid, query)),
		serversWithout: (roomNid, query) => withDatabaseErrors(serversWithout(pool, roomNid, query)),
		readEdits: (targets) => withDatabaseErrors(readEdits(pool, targets)),
		readReactions: (viewerId, targets, ranges) =>
			withDatabaseErrors(readReactions(pool, viewerId, { targets, ranges })),
		readStream: (from, to) => withDatabaseErrors(readStream(pool, from, to)),
		findMovedReceipts: (viewerId, span) => withDatabaseErrors(findMovedReceipts(pool, viewerId, span)),
		readReceipts: (roomNids) => withDatabaseErrors(readReceipts(pool, roomNids)),
		readDelivered: (roomNids, viewerId) => withDatabaseErrors(readDelivered(pool, roomNids, viewerId)),
		readReaders: (roomNid, query) => withDatabaseErrors(readReaders(pool, roomNid, query)),
		listMembers: (roomNid, page) => withDatabaseErrors(listMembers(pool, roomNid, page)),
		findMembers: (roomNid, userIds) => withDatabaseErrors(findMembers(pool, roomNid, userIds)),
		readRoleState: (roomNid) => withDatabaseErrors(readRoleState(pool, roomNid)),
	};
};
