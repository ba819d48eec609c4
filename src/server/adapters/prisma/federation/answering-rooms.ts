import type { RoomId, ServerName } from "../../../../../federation/identifiers/identifier-types.ts";
import { getString } from "../../../../../federation/json/json-object.ts";
import { roomVersion } from "../../../../../federation/room-versions/room-versions.ts";
import type { AskedRoom, ServerSight } from "../../../federation/public.ts";
import { rows, type SqlClient } from "../sql.ts";
import { contentIn } from "./stored-content.ts";

/** The server in a user id, as the index has it. */
export const serverOf = (column: string): string => `substr(${column}, strpos(${column}, ':') + 1)`;

/** Somebody of server `$2` has one of these memberships in room `r`. */
export const isServerIn = (memberships: string): string => `EXISTS (
	SELECT FROM memberships m WHERE m.room_nid = r.nid AND NOT m.is_local AND ${serverOf("m.user_id")} = $2
		AND m.membership IN (${memberships}))`;

/** One visibility event is the first setting after the default, which hides nothing from who is in the room. */
const mayHide = `(r.history_visibility NOT IN ('shared', 'world_readable') OR (
	SELECT count(*) FROM (SELECT FROM events h
		WHERE h.room_nid = r.nid AND h.type = 'm.room.history_visibility' AND h.state_key = '' LIMIT 2) h) > 1)`;

export const findAskedRoom = async (
	client: SqlClient,
	roomId: RoomId,
	server: ServerName,
): Promise<AskedRoom | undefined> => {
	const [found] = await rows<{
		nid: number;
		version: string;
		is_inside: boolean;
		acl: string | null;
		may_hide: boolean;
		is_arriving: boolean;
	}>(client, {
		name: "asked-room",
		text: `SELECT r.nid, r.version, ${isServerIn("'join'")} AS is_inside, ${mayHide} AS may_hide,
				EXISTS (SELECT FROM arriving_members a WHERE a.room_nid = r.nid) AS is_arriving,
				(SELECT e.json FROM current_state s JOIN events e ON e.nid = s.event_nid
					WHERE s.room_nid = r.nid AND s.type = 'm.room.server_acl' AND s.state_key = '') AS acl
			FROM rooms r WHERE r.id = $1`,
		values: [roomId, server],
	});
	const version = found === undefined ? undefined : roomVersion(found.version);
	if (found === undefined || version === undefined) return undefined;
	return {
		...{ roomId, nid: found.nid, version },
		isInside: found.is_inside,
		areMembersArriving: found.is_arriving,
		acl: found.acl === null ? undefined : contentIn(found.acl),
		mayHide: found.may_hide,
	};
};

/**
 * What decides about a server's sight are few events of a room; where they stand in a chain of groups is looked up by key,
 * which `LIMIT` and `OFFSET` keep the planner from making a join of whole tables. What is nearest along the chain holds.
 */
const sights = `
WITH RECURSIVE deciding AS MATERIALIZED (
	SELECT e.nid, e.type, e.state_key, e.json FROM events e
	WHERE e.room_nid = $1 AND e.type = 'm.room.history_visibility' AND e.state_key = '' AND e.verdict <> 1
	UNION ALL
	SELECT e.nid, e.type, e.state_key, e.json FROM memberships m CROSS JOIN LATERAL (
		SELECT * FROM events o WHERE o.room_nid = m.room_nid AND o.type = 'm.room.member' AND o.state_key = m.user_id
			AND o.verdict <> 1 OFFSET 0) e
	WHERE m.room_nid = $1 AND NOT m.is_local AND ${serverOf("m.user_id")} = $2
), chain AS (
	SELECT g.id AS asked, g.id, g.base_id, 0 AS step FROM state_groups g WHERE g.id = ANY($3::int8[])
	UNION ALL
	SELECT c.asked, g.id, g.base_id, c.step + 1 FROM chain c JOIN state_groups g ON g.id = c.base_id
)
SELECT DISTINCT ON (c.asked, d.type, d.state_key) c.asked, d.type, d.json
FROM chain c CROSS JOIN deciding d CROSS JOIN LATERAL (
	SELECT FROM state_group_entries s WHERE s.group_id = c.id AND s.event_nid = d.nid LIMIT 1) s
ORDER BY c.asked, d.type, d.state_key, c.step`;

export const readSights = async (
	client: SqlClient,
	{
		room,
		server,
		groupIds,
	}: { readonly room: AskedRoom; readonly server: ServerName; readonly groupIds: readonly number[] },
): Promise<ReadonlyMap<number, ServerSight>> => {
	const found = await rows<{ asked: number; type: string; json: string }>(client, {
		name: "sights-of-server",
		text: sights,
		values: [room.nid, server, groupIds],
	});
	return new Map(
		groupIds.map((groupId): [number, ServerSight] => {
			const own = found
				.filter(({ asked }) => asked === groupId)
				.map((row) => ({ ...row, content: contentIn(row.json) }));
			const setting = own.find(({ type }) => type === "m.room.history_visibility");
			const memberships = own.filter(({ type }) => type === "m.room.member");
			return [
				groupId,
				{
					visibility: setting === undefined ? undefined : getString(setting.content, "history_visibility"),
					memberships: new Set(memberships.flatMap(({ content }) => getString(content, "membership") ?? [])),
				},
			];
		}),
	);
};
