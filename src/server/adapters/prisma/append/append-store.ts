import type pg from "pg";
import type { AppendStore, AppendTransaction } from "../../../rooms/ports.ts";
import { databaseError } from "../database-error.ts";
import { createRoomGraph } from "../graph/room-graph.ts";
import { holdFiles } from "./file-uses.ts";
import { findAliases, findDirectRoom, findEarlierEvents, findEarlierRoom, findReaction } from "./find-earlier.ts";
import { headPositions, loadHeads, loadMembers, loadRows, reserveRoomNids } from "./load-heads.ts";
import { loadTargets } from "./load-targets.ts";
import { writeBatch } from "./write-batch.ts";
import { writeEvents } from "./write-events.ts";

/** Nobody can append while a process that holds the lock stands still, so the database takes it away after this time. */
const longestStandstillMs = 15_000;

const beginUnderStreamLock = (standstillMs: number): string =>
	`BEGIN; SET LOCAL idle_in_transaction_session_timeout = ${standstillMs}; SELECT position FROM stream_head WHERE id = 1 FOR UPDATE`;

/** The append path on PostgreSQL: one transaction at a time holds the row of `stream_head`. */
export const createAppendStore = (pool: pg.Pool, standstillMs = longestStandstillMs): AppendStore => ({
	withStreamLock: async (work) => {
		const client = await connect(pool);
		let failed: unknown;
		try {
			const position = await begin(client, standstillMs);
			const result = await work(transactionOn(client, position));
			await client.query("COMMIT");
			return result;
		} catch (error) {
			failed = error;
			await client.query("ROLLBACK").catch(() => undefined);
			throw databaseError(error);
		} finally {
			client.release(failed instanceof Error && !("code" in failed) ? failed : undefined);
		}
	},
	appendIfUnmoved: async (batch) => {
		try {
			return await writeEvents(pool, batch, batch.outbox);
		} catch (error) {
			if (isUniqueViolation(error)) return undefined;
			throw databaseError(error);
		}
	},
});

const isUniqueViolation = (error: unknown): boolean =>
	error instanceof Error && "code" in error && error.code === "23505";

const connect = async (pool: pg.Pool): Promise<pg.PoolClient> => {
	try {
		return await pool.connect();
	} catch (error) {
		throw databaseError(error);
	}
};

const begin = async (client: pg.PoolClient, standstillMs: number): Promise<number> => {
	// Three statements in one message: pg answers with a list of results, which its types do not know.
	const results = (await client.query(beginUnderStreamLock(standstillMs))) as unknown as readonly pg.QueryResult[];
	const row: { position: number } | undefined = results.at(-1)?.rows[0];
	if (row === undefined) throw new Error("stream_head has no row");
	return Number(row.position);
};

const transactionOn = (client: pg.PoolClient, position: number): AppendTransaction => ({
	position,
	graph: createRoomGraph(client),
	headPositions: (roomNids) => headPositions(client, roomNids),
	loadHeads: (roomIds) => loadHeads(client, roomIds),
	loadRows: (roomIds) => loadRows(client, roomIds),
	loadMembers: (head, userIds) => loadMembers(client, head, userIds),
	loadTargets: (eventIds) => loadTargets(client, eventIds),
	findEarlierEvents: (keys) => findEarlierEvents(client, keys),
	findEarlierRoom: (creatorId, transactionId) => findEarlierRoom(client, creatorId, transactionId),
	findDirectRoom: (userId, otherId) => findDirectRoom(client, userId, otherId),
	findAliases: (aliases) => findAliases(client, aliases),
	findReaction: (targetEventId, sender, key) => findReaction(client, { targetEventId, sender, key }),
	holdFiles: (mediaIds) => holdFiles(client, mediaIds),
	reserveRoomNids: (count) => reserveRoomNids(client, count),
	write: (batch) => writeBatch(client, batch),
});
