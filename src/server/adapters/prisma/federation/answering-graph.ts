import type { EventId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { BackwardWalk } from "../../../federation/public.ts";
import { rows, type SqlClient } from "../sql.ts";

/**
 * Breadth first along the edges. Only as much of the walk is made as the limit takes; rejected events are looked through,
 * so that a few more than wanted may be looked at.
 */
const walk = `
WITH RECURSIVE walk(nid) AS (
	SELECT e.nid FROM events e WHERE e.event_id = ANY($2::text[]) AND e.room_nid = $1
	UNION
	SELECT x.prev_event_nid FROM walk w JOIN event_edges x ON x.event_nid = w.nid JOIN events p ON p.nid = x.prev_event_nid
	WHERE p.depth >= $4::int8 AND p.event_id <> ALL($3::text[])
)
SELECT e.event_id FROM (SELECT nid, row_number() OVER () AS step FROM walk LIMIT $6::int) w JOIN events e ON e.nid = w.nid
WHERE e.verdict <> 1 ORDER BY w.step LIMIT $5::int`;

export const walkBack = async (client: SqlClient, wanted: BackwardWalk): Promise<readonly EventId[]> => {
	const { roomNid, from, except, minDepth, limit } = wanted;
	const found = await rows<{ event_id: EventId }>(client, {
		name: "walk-back",
		text: walk,
		values: [roomNid, from, except, minDepth, limit, 2 * limit],
	});
	return found.map((row) => row.event_id);
};

const linksFrom = (place: string): string => `
	SELECT k.to_chain, k.to_sequence FROM auth_chain_links k
	WHERE k.from_chain = ${place}.chain_id AND k.from_sequence <= ${place}.sequence OFFSET 0`;

/**
 * By the chain cover: in each chain everything up to the highest place that is reached. Events before one in its chain are
 * its ancestors, links lead to those in other chains. `OFFSET` keeps the planner from making a join of the whole table.
 */
const authChain = `
WITH RECURSIVE starts AS MATERIALIZED (
	SELECT c.chain_id, c.sequence FROM auth_chain_entries c WHERE c.event_nid = ANY($1::int8[])
), reached(chain_id, sequence) AS (
	(
		SELECT s.chain_id, s.sequence - 1 FROM starts s
		UNION
		SELECT l.to_chain, l.to_sequence FROM starts s CROSS JOIN LATERAL (${linksFrom("s")}) l
	)
	UNION
	SELECT l.to_chain, l.to_sequence FROM reached r CROSS JOIN LATERAL (${linksFrom("r")}) l
), highest AS (
	SELECT r.chain_id, max(r.sequence) AS sequence FROM reached r GROUP BY r.chain_id
)
SELECT e.nid, e.event_id FROM highest h CROSS JOIN LATERAL (
	SELECT c.event_nid FROM auth_chain_entries c WHERE c.chain_id = h.chain_id AND c.sequence <= h.sequence OFFSET 0) c
JOIN events e ON e.nid = c.event_nid`;

export const readAuthChain = async (
	client: SqlClient,
	nids: readonly number[],
): Promise<readonly { readonly nid: number; readonly eventId: EventId }[]> => {
	if (nids.length === 0) return [];
	const found = await rows<{ nid: number; event_id: EventId }>(client, {
		name: "auth-chain-of-events",
		text: authChain,
		values: [nids],
	});
	return found.map((row) => ({ nid: row.nid, eventId: row.event_id }));
};

export const readTexts = async (client: SqlClient, nids: readonly number[]): Promise<readonly string[]> => {
	const found = await rows<{ json: string }>(client, {
		name: "texts-of-events",
		text: "SELECT json FROM events WHERE nid = ANY($1::int8[])",
		values: [nids],
	});
	return found.map(({ json }) => json);
};

const closest = (comparison: ">=" | "<=", order: "ASC" | "DESC"): string => `
SELECT e.event_id, e.origin_server_ts FROM events e
WHERE e.room_nid = $1 AND e.origin_server_ts ${comparison} $2::int8 AND e.position IS NOT NULL AND e.verdict = 0
ORDER BY e.origin_server_ts ${order} LIMIT 1`;

const closestIn = { f: closest(">=", "ASC"), b: closest("<=", "DESC") } as const;

export const findClosestEvent = async (
	client: SqlClient,
	{ roomNid, ts, direction }: { readonly roomNid: number; readonly ts: number; readonly direction: "f" | "b" },
): Promise<{ readonly eventId: EventId; readonly originServerTs: number } | undefined> => {
	const [found] = await rows<{ event_id: EventId; origin_server_ts: number }>(client, {
		name: `closest-event-${direction}`,
		text: closestIn[direction],
		values: [roomNid, ts],
	});
	return found === undefined ? undefined : { eventId: found.event_id, originServerTs: found.origin_server_ts };
};
