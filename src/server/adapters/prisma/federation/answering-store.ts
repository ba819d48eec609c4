import type pg from "pg";
import type { AnsweringStore } from "../../../federation/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import {
	countListedRooms,
	findAliasTarget,
	findRoomsWith,
	readServersIn,
	readSpaceChildren,
	readSummaries,
	searchListedRooms,
} from "./answering-directory.ts";
import { findClosestEvent, readAuthChain, readTexts, walkBack } from "./answering-graph.ts";
import { findAskedRoom, readSights } from "./answering-rooms.ts";

/** What other servers may read, on PostgreSQL. Any connection of the pool will do for each read. */
export const createAnsweringStore = (pool: pg.Pool): AnsweringStore => ({
	askedRoom: (roomId, server) => withDatabaseErrors(findAskedRoom(pool, roomId, server)),
	sightsOf: (room, server, groupIds) => withDatabaseErrors(readSights(pool, { room, server, groupIds })),
	walkBack: (walk) => withDatabaseErrors(walkBack(pool, walk)),
	authChainOf: (nids) => withDatabaseErrors(readAuthChain(pool, nids)),
	textsOf: (nids) => withDatabaseErrors(readTexts(pool, nids)),
	closestEvent: (roomNid, ts, direction) => withDatabaseErrors(findClosestEvent(pool, { roomNid, ts, direction })),
	aliasTarget: (alias, server) => withDatabaseErrors(findAliasTarget(pool, alias, server)),
	serversIn: (roomId, limit) => withDatabaseErrors(readServersIn(pool, roomId, limit)),
	listedRooms: (search) => withDatabaseErrors(searchListedRooms(pool, search)),
	countListedRooms: (search) => withDatabaseErrors(countListedRooms(pool, search)),
	summariesOf: (roomIds, server) => withDatabaseErrors(readSummaries(pool, roomIds, server)),
	roomsWith: (roomIds, server) => withDatabaseErrors(findRoomsWith(pool, roomIds, server)),
	childrenOf: (roomId) => withDatabaseErrors(readSpaceChildren(pool, roomId)),
});
