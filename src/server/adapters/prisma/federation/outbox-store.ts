import type pg from "pg";
import type { EventId, RoomId, ServerName, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { DestinationHealth, OutboxStore } from "../../../federation/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { rows, run, type SqlStatement } from "../sql.ts";
import { boundEdus } from "./bound-edus.ts";
import { listDestinations } from "./list-destinations.ts";

/** A success is noted at most so often: it changes nothing but what the owner reads. */
const successEvery = "interval '30 seconds'";

/** What waits for other servers on PostgreSQL. */
export const createOutboxStore = (pool: pg.Pool): OutboxStore => {
	const read = <T>(statement: SqlStatement): Promise<T[]> => withDatabaseErrors(rows<T>(pool, statement));
	const write = (statement: SqlStatement): Promise<void> => withDatabaseErrors(run(pool, statement));
	return {
		destinations: async () =>
			(await read<{ name: ServerName }>({ name: "outbox-destinations", text: destinationsIn("outbox_entries") })).map(
				({ name }) => name,
			),
		destinationsAfter: async (id) => {
			const found = await read<{ name: ServerName; id: number | null }>({
				...{ name: "destinations-after", text: destinationsAfter, values: [id] },
			});
			return {
				newest: Math.max(id, ...found.map((row) => row.id ?? id)),
				destinations: [...new Set(found.map(({ name }) => name))],
			};
		},
		next: async (destination, { entries, edus }) => {
			const found = await read<WaitingRow>({ name: "next-outbox", text: next, values: [destination, entries, edus] });
			const inOrder = found.sort((one, other) => one.id - other.id);
			return {
				entries: inOrder.flatMap(({ id, roomNid, text }) => (roomNid === null ? [] : [{ id, roomNid, json: text }])),
				edus: inOrder.flatMap(({ id, type, text }) => (type === null ? [] : [{ id, type, content: text }])),
			};
		},
		delivered: (destination, { ids, eduIds }, at) =>
			write({
				name: "outbox-delivered",
				text: delivered,
				values: [destination, ids, new Date(at), eduIds],
			}),
		health: async (destination) => {
			const text = `SELECT failures, failing_since AS "failingSince", retry_at AS "retryAt" FROM destinations WHERE server_name = $1`;
			const [found] = await read<HealthRow>({ name: "destination-health", text, values: [destination] });
			return toHealth(found);
		},
		failed: (destination, { failures, failingSince, retryAt }, lastError) =>
			write({
				name: "destination-failed",
				text: `INSERT INTO destinations (server_name, failures, failing_since, retry_at, last_error) VALUES ($1, $2, $3, $4, $5)
					ON CONFLICT (server_name) DO UPDATE SET failures = excluded.failures, failing_since = excluded.failing_since,
						retry_at = excluded.retry_at, last_error = excluded.last_error`,
				values: [destination, failures, dateOf(failingSince), dateOf(retryAt), lastError],
			}),
		collapse: async (destination, { mostEdus, edusSince }) => {
			await write({ name: "collapse-outbox", text: collapse, values: [destination] });
			return withDatabaseErrors(boundEdus(pool, destination, { most: mostEdus, since: edusSince }));
		},
		drop: async (destination) => {
			const text = `WITH told AS (DELETE FROM outgoing_edus WHERE destination = $1)
				DELETE FROM outbox_entries WHERE destination = $1 RETURNING room_nid AS nid`;
			const gone = await read<{ nid: number }>({ name: "drop-outbox", text, values: [destination] });
			return [...new Set(gone.map(({ nid }) => nid))];
		},
		retryNow: async (destination) => {
			const text = `UPDATE destinations SET failures = 0, retry_at = NULL
				WHERE server_name = $1 AND retry_at IS NOT NULL RETURNING 1`;
			return (await read({ name: "retry-destination", text, values: [destination] })).length === 1;
		},
		wanted: async () => {
			const text = "SELECT server_name AS name FROM destinations WHERE failing_since IS NOT NULL AND retry_at IS NULL";
			return (await read<{ name: ServerName }>({ name: "wanted-destinations", text })).map(({ name }) => name);
		},
		list: (limit) => withDatabaseErrors(listDestinations(pool, limit)),
		receiptsBetween: async (from, to) => {
			const found = await read<ReceiptRow>({ name: "outgoing-receipts", text: receipts, values: [from, to] });
			return found.map((row) => ({ ...row, ts: Number(row.ts) }));
		},
		serversIn: async (roomNids) => {
			const text = `SELECT room_nid, ${servers} AS names FROM memberships m
				WHERE room_nid = ANY($1::int4[]) AND NOT is_local AND membership = 'join' GROUP BY room_nid`;
			const found = await read<ServersRow>({ name: "servers-in-rooms", text, values: [roomNids] });
			return new Map(found.map((row) => [row.room_nid, row.names]));
		},
	};
};

/** Steps from one destination to the next, so that long queues cost no more than short ones. */
const destinationsIn = (table: "outbox_entries" | "outgoing_edus"): string => `
WITH RECURSIVE found AS (
	(SELECT destination AS name FROM ${table} ORDER BY destination LIMIT 1)
	UNION ALL
	SELECT (SELECT o.destination FROM ${table} o WHERE o.destination > f.name ORDER BY o.destination LIMIT 1)
	FROM found f WHERE f.name IS NOT NULL
)
SELECT name FROM found WHERE name IS NOT NULL`;

const destinationsAfter = `
SELECT destination AS name, max(id) AS id FROM outbox_entries WHERE id > $1 GROUP BY destination
UNION ALL
SELECT name, NULL FROM (${destinationsIn("outgoing_edus")}) told`;

const next = `
(SELECT o.id, o.room_nid AS "roomNid", NULL AS type, e.json AS text FROM outbox_entries o JOIN events e ON e.nid = o.event_nid
	WHERE o.destination = $1 ORDER BY o.id LIMIT $2)
UNION ALL
(SELECT id, NULL, type, content FROM outgoing_edus WHERE destination = $1 ORDER BY id LIMIT $3)`;

/** Who answers again after failing has something to catch up with: what waits now, as it was before this delivery. */
const delivered = `
WITH gone AS (
	DELETE FROM outbox_entries WHERE destination = $1 AND id = ANY($2::int8[])
), told AS (
	DELETE FROM outgoing_edus WHERE destination = $1 AND id = ANY($4::int8[])
), waiting AS (
	SELECT max(o.id) AS id, count(o.id)::int AS total FROM destinations d JOIN outbox_entries o ON o.destination = d.server_name
	WHERE d.server_name = $1 AND d.failing_since IS NOT NULL
)
INSERT INTO destinations AS d (server_name, last_success_at) VALUES ($1, $3)
ON CONFLICT (server_name) DO UPDATE SET failures = 0, failing_since = NULL, retry_at = NULL, last_error = NULL,
	last_success_at = excluded.last_success_at,
	catch_up_id = CASE WHEN d.failing_since IS NULL THEN d.catch_up_id ELSE (SELECT id FROM waiting) END,
	catch_up_total = CASE WHEN d.failing_since IS NULL THEN d.catch_up_total ELSE (SELECT total FROM waiting) END
WHERE d.failing_since IS NOT NULL OR d.last_success_at IS NULL
	OR d.last_success_at < excluded.last_success_at - ${successEvery}`;

const servers = "array_agg(DISTINCT substr(m.user_id, strpos(m.user_id, ':') + 1))";

const collapse = `
WITH newest AS (
	SELECT o.room_nid, max(o.id) AS id, min(coalesce(o.from_position, e.position)) AS from_position
	FROM outbox_entries o JOIN events e ON e.nid = o.event_nid WHERE o.destination = $1 GROUP BY o.room_nid HAVING count(*) > 1
), kept AS (
	UPDATE outbox_entries o SET from_position = n.from_position FROM newest n WHERE o.destination = $1 AND o.id = n.id
)
DELETE FROM outbox_entries o USING newest n WHERE o.destination = $1 AND o.room_nid = n.room_nid AND o.id < n.id`;

const receipts = `
SELECT r.id AS "roomId", c.user_id AS "userId", e.event_id AS "eventId", c.ts, others.names AS destinations
FROM receipts c
JOIN memberships own ON own.room_nid = c.room_nid AND own.user_id = c.user_id AND own.is_local AND own.membership = 'join'
JOIN rooms r ON r.nid = c.room_nid
JOIN events e ON e.room_nid = c.room_nid AND e.position = c.position
CROSS JOIN LATERAL (
	SELECT ${servers} AS names FROM memberships m
	WHERE m.room_nid = c.room_nid AND NOT m.is_local AND m.membership = 'join'
) others
WHERE c.is_public AND c.stream_position > $1 AND c.stream_position <= $2 AND others.names IS NOT NULL`;

/** An event has a room, anything else a type. */
interface WaitingRow {
	id: number;
	roomNid: number | null;
	type: string | null;
	text: string;
}

interface HealthRow {
	failures: number;
	failingSince: Date | null;
	retryAt: Date | null;
}

interface ReceiptRow {
	roomId: RoomId;
	userId: UserId;
	eventId: EventId;
	ts: number;
	destinations: ServerName[];
}

interface ServersRow {
	room_nid: number;
	names: ServerName[];
}

const dateOf = (ms: number | undefined): Date | null => (ms === undefined ? null : new Date(ms));

const toHealth = (row: HealthRow | undefined): DestinationHealth => ({
	failures: row?.failures ?? 0,
	failingSince: row?.failingSince?.getTime(),
	retryAt: row?.retryAt?.getTime(),
});
