import { rows, type SqlClient } from "../sql.ts";

/** Whoever sends events without end that do not count makes no walk longer than this. */
const longestWalk = 1_000;

const before = `
WITH RECURSIVE walk(nid) AS (
	SELECT x.prev_event_nid FROM event_edges x WHERE x.event_nid = ANY($1::int8[])
	UNION
	SELECT x.prev_event_nid FROM walk w JOIN events e ON e.nid = w.nid AND e.verdict <> 0
	JOIN event_edges x ON x.event_nid = e.nid
)
SELECT nid FROM walk LIMIT ${longestWalk}`;

/** What is before events that were not accepted, looking through others of that sort. */
export const findBeforeUnaccepted = async (client: SqlClient, nids: readonly number[]): Promise<readonly number[]> => {
	const found = await rows<{ nid: number }>(client, { name: "before-unaccepted", text: before, values: [nids] });
	return found.map(({ nid }) => nid);
};

const after = `
WITH RECURSIVE walk(nid) AS (
	SELECT x.event_nid FROM event_edges x WHERE x.prev_event_nid = ANY($1::int8[])
		AND EXISTS (SELECT FROM events e WHERE e.nid = x.prev_event_nid AND e.verdict <> 0)
	UNION
	SELECT x.event_nid FROM walk w JOIN events e ON e.nid = w.nid AND e.verdict <> 0
	JOIN event_edges x ON x.prev_event_nid = e.nid
)
SELECT EXISTS (SELECT FROM (SELECT nid FROM walk LIMIT ${longestWalk}) w JOIN events e ON e.nid = w.nid AND e.verdict = 0) AS yes`;

/** Whether something accepted comes after events that were not, looking through others of that sort. */
export const isUnacceptedFollowed = async (client: SqlClient, nids: readonly number[]): Promise<boolean> => {
	const [found] = await rows<{ yes: boolean }>(client, { name: "unaccepted-followed", text: after, values: [nids] });
	return found?.yes === true;
};

const endsBehind = `
WITH RECURSIVE earlier(nid) AS (
	SELECT x.prev_event_nid FROM event_edges x WHERE x.event_nid = $1::int8
	UNION
	SELECT x.prev_event_nid FROM earlier b JOIN events e ON e.nid = b.nid AND e.verdict <> 0
	JOIN event_edges x ON x.event_nid = e.nid
), candidates AS MATERIALIZED (
	SELECT e.nid FROM (SELECT nid FROM earlier LIMIT ${longestWalk}) b
	JOIN events e ON e.nid = b.nid AND e.verdict = 0 AND e.position IS NOT NULL
), later(origin, nid) AS (
	SELECT c.nid, x.event_nid FROM candidates c JOIN event_edges x ON x.prev_event_nid = c.nid
	UNION
	SELECT l.origin, x.event_nid FROM later l JOIN events e ON e.nid = l.nid AND (e.verdict <> 0 OR e.nid = $1::int8)
	JOIN event_edges x ON x.prev_event_nid = e.nid
)
SELECT c.nid FROM candidates c WHERE NOT EXISTS (SELECT FROM later l
	JOIN events e ON e.nid = l.nid AND e.verdict = 0 AND e.nid <> $1::int8 WHERE l.origin = c.nid)`;

/** What is at the ends of the graph where the event does not count. */
export const findEndsBehind = async (client: SqlClient, nid: number): Promise<readonly number[]> => {
	const found = await rows<{ nid: number }>(client, { name: "ends-behind", text: endsBehind, values: [nid] });
	return found.map((row) => row.nid);
};
