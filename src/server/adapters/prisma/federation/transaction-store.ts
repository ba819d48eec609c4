import type pg from "pg";
import type { RoomId } from "../../../../../federation/identifiers/identifier-types.ts";
import { getObject } from "../../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../../federation/json/json-value.ts";
import { parseJson } from "../../../../../federation/json/parse-json.ts";
import { roomVersion } from "../../../../../federation/room-versions/room-versions.ts";
import type { DueQuery, GapBounds, IncomingRoom, TransactionStore, WaitingPdu } from "../../../federation/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { rows, run, type SqlStatement } from "../sql.ts";
import { storeTransaction } from "./store-transaction.ts";

/** Transactions of other servers and their PDUs on PostgreSQL. */
export const createTransactionStore = (pool: pg.Pool): TransactionStore => {
	const read = <T>(statement: SqlStatement): Promise<T[]> => withDatabaseErrors(rows<T>(pool, statement));
	const write = (statement: SqlStatement): Promise<void> => withDatabaseErrors(run(pool, statement));
	return {
		answerOf: async (origin, txnId) => {
			const text = "SELECT answer FROM received_transactions WHERE origin = $1 AND txn_id = $2";
			const [found] = await read<{ answer: string }>({ name: "answer-of", text, values: [origin, txnId] });
			return found?.answer;
		},
		rooms: async (roomIds) =>
			new Map(
				(await read<RoomRecord>({ name: "incoming-rooms", text: incomingRooms, values: [roomIds] })).flatMap(toRoom),
			),
		waitingOf: async (origin, limit) => {
			const text = "SELECT count(*)::int AS waiting FROM (SELECT FROM received_pdus WHERE origin = $1 LIMIT $2) w";
			const [found] = await read<{ waiting: number }>({ name: "waiting-of", text, values: [origin, limit] });
			return found?.waiting ?? 0;
		},
		waitingRooms: async (roomIds) => {
			const text = `SELECT r.id FROM unnest($1::text[]) AS r(id)
				WHERE EXISTS (SELECT FROM received_pdus p WHERE p.room_id = r.id)`;
			const found = await read<{ id: RoomId }>({ name: "waiting-rooms", text, values: [roomIds] });
			return new Set(found.map(({ id }) => id));
		},
		store: async (transaction) => (await read(storeTransaction(transaction))).length === 1,
		due: (query) => read<WaitingPdu>(dueStatement(query)),
		remove: (ids) =>
			write({ name: "remove-received", text: "DELETE FROM received_pdus WHERE id = ANY($1::int8[])", values: [ids] }),
		delay: (id, nextTryAt) =>
			write({
				name: "delay-received",
				text: "UPDATE received_pdus SET attempts = attempts + 1, next_try_at = $2 WHERE id = $1",
				values: [id, new Date(nextTryAt)],
			}),
		gapBounds: async (roomId) => {
			const text = `SELECT r.entry_depth AS "entryDepth", ARRAY(SELECT e.event_id FROM forward_extremities x
				JOIN events e ON e.nid = x.event_nid WHERE x.room_nid = r.nid ORDER BY e.nid DESC LIMIT ${mostEnds}) AS ends
				FROM rooms r WHERE r.id = $1`;
			const [found] = await read<GapBounds>({ name: "gap-bounds", text, values: [roomId] });
			return found ?? { ends: [], entryDepth: 0 };
		},
		forgetAnswers: (before) =>
			write({
				name: "forget-answers",
				text: "DELETE FROM received_transactions WHERE received_at < $1",
				values: [new Date(before)],
			}),
	};
};

/** More than a question to another server may name. */
const mostEnds = 100;

const incomingRooms = `
SELECT r.id, r.version, r.state_group_id IS NOT NULL AND EXISTS (SELECT FROM memberships m
	WHERE m.room_nid = r.nid AND m.is_local AND m.membership = 'join') AS joined, e.json AS acl
FROM rooms r
LEFT JOIN current_state s ON s.room_nid = r.nid AND s.type = 'm.room.server_acl' AND s.state_key = ''
LEFT JOIN events e ON e.nid = s.event_nid
WHERE r.id = ANY($1::text[])`;

interface RoomRecord {
	id: RoomId;
	version: string;
	joined: boolean;
	acl: string | null;
}

const toRoom = (row: RoomRecord): readonly (readonly [RoomId, IncomingRoom])[] => {
	const version = roomVersion(row.version);
	if (version === undefined) return [];
	const parsed = row.acl === null ? undefined : parseJson(row.acl);
	const serverAcl = parsed?.kind === "ok" ? getObject(parsed.value as JsonObject, "content") : undefined;
	return [[row.id, { version, isJoined: row.joined, serverAcl }]];
};

/** Taken into memory at once: many small ones, or a few of the largest. */
const mostBytes = 16 * 1_048_576;

/** Rooms take turns of so many events each, and none gets more than this before the others are looked at again. */
const turnOfRoom = 20;
const mostOfRoom = 200;

const dueOf = (chosen: string): string => `
SELECT id, room_id AS "roomId", origin, event_id AS "eventId", json, attempts FROM (
	SELECT due.*, sum(length(json)) OVER (ORDER BY turn, id) - length(json) AS before FROM (${chosen}) due
) counted WHERE before < ${mostBytes} ORDER BY turn, id`;

/** However much waits for one room, what came later for another is among the first. Within a room order is kept. */
const dueOfAll = dueOf(`
	SELECT p.*, turn FROM received_pdus p JOIN (
		SELECT id, (row_number() OVER (PARTITION BY room_id ORDER BY id) - 1) / ${turnOfRoom} AS turn
		FROM received_pdus WHERE next_try_at <= $1 AND room_id <> ALL($3::text[])
	) waiting USING (id) WHERE turn < ${mostOfRoom / turnOfRoom} ORDER BY turn, id LIMIT $2`);
const dueOfRoom = dueOf(`
	SELECT *, 0 AS turn FROM received_pdus WHERE next_try_at <= $1 AND room_id = $3 ORDER BY id LIMIT $2`);

const dueStatement = ({ now, limit, roomId, withoutRooms = [] }: DueQuery): SqlStatement =>
	roomId === undefined
		? {
				name: "due-received",
				text: dueOfAll,
				values: [new Date(now), limit, withoutRooms],
			}
		: { name: "due-received-of-room", text: dueOfRoom, values: [new Date(now), limit, roomId] };
