import type { RoomAlias, RoomId, ServerName, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../../federation/json/json-value.ts";
import type { AskedSummary, ListedRoom, ListedSearch, RoomSummary, SpaceChild } from "../../../federation/public.ts";
import { rows, type SqlClient } from "../sql.ts";
import { storedKey } from "../storable-key.ts";
import { isServerIn, serverOf } from "./answering-rooms.ts";
import { contentIn } from "./stored-content.ts";

interface SummaryRow {
	nid: number;
	id: RoomId;
	version: string;
	name: string | null;
	topic: string | null;
	avatar_url: string | null;
	joined_count: number;
	join_rule: string;
	history_visibility: string;
	state: [string, string][] | null;
}

/** The state that a summary is made of, besides what the room's row holds. */
const summaryState = `(
	SELECT json_agg(json_build_array(s.type, e.json)) FROM current_state s JOIN events e ON e.nid = s.event_nid
	WHERE s.room_nid = r.nid AND s.state_key = '' AND s.type IN (
		'm.room.create', 'm.room.canonical_alias', 'm.room.join_rules', 'm.room.guest_access', 'm.room.encryption',
		'm.room.server_acl')) AS state`;

const summaryColumns = `r.nid, r.id, r.version, r.name, r.topic, r.avatar_url, r.joined_count, r.join_rule,
	r.history_visibility, ${summaryState}`;

const toSummary = (row: SummaryRow): RoomSummary => ({
	roomId: row.id,
	version: row.version,
	name: row.name ?? undefined,
	topic: row.topic ?? undefined,
	avatarUrl: row.avatar_url ?? undefined,
	joinedCount: row.joined_count,
	joinRule: row.join_rule,
	isWorldReadable: row.history_visibility === "world_readable",
	state: new Map<string, JsonObject>((row.state ?? []).map(([type, json]) => [type, contentIn(json)])),
});

export const findAliasTarget = async (client: SqlClient, alias: RoomAlias, server: ServerName) => {
	const [found] = await rows<{ id: RoomId; join_rule: string; is_inside: boolean }>(client, {
		name: "alias-target",
		text: `SELECT r.id, r.join_rule, ${isServerIn("'join', 'invite'")} AS is_inside
			FROM room_aliases a JOIN rooms r ON r.nid = a.room_nid WHERE a.alias = $1`,
		values: [alias, server],
	});
	return found === undefined ? undefined : { roomId: found.id, joinRule: found.join_rule, isInside: found.is_inside };
};

export const readServersIn = async (
	client: SqlClient,
	roomId: RoomId,
	limit: number,
): Promise<readonly ServerName[]> => {
	const found = await rows<{ server: ServerName }>(client, {
		name: "answering-servers-in-room",
		text: `SELECT ${serverOf("m.user_id")} AS server FROM rooms r
			JOIN memberships m ON m.room_nid = r.nid AND NOT m.is_local AND m.membership = 'join'
			WHERE r.id = $1 GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT $2::int`,
		values: [roomId, limit],
	});
	return found.map(({ server }) => server);
};

/** Of this server's own directory: rooms that were made here, or have an address here. */
const isListed = `r.join_rule = 'public' AND r.kind <> 'direct' AND r.replacement_room_id IS NULL AND r.joined_count > 0
	AND (${serverOf("r.creator_id")} = $1 OR EXISTS (SELECT FROM room_aliases a WHERE a.room_nid = r.nid))
	AND ($2 = '' OR r.name ILIKE '%' || $2 || '%' OR r.topic ILIKE '%' || $2 || '%'
		OR EXISTS (SELECT FROM room_aliases a WHERE a.room_nid = r.nid AND a.alias ILIKE '%' || $2 || '%'))`;

/** `%`, `_` and `\` of the text stand for themselves. */
const literal = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

export const searchListedRooms = async (
	client: SqlClient,
	{ serverName, text, after, limit }: ListedSearch,
): Promise<readonly ListedRoom[]> => {
	const found = await rows<SummaryRow>(client, {
		name: "listed-rooms",
		text: `SELECT ${summaryColumns} FROM rooms r WHERE ${isListed}
				AND ($3::int IS NULL OR (r.joined_count, -r.nid) < ($3::int, -$4::int))
			ORDER BY r.joined_count DESC, r.nid LIMIT $5::int`,
		values: [serverName, literal(text), after?.joinedCount ?? null, after?.roomNid ?? null, limit],
	});
	return found.map((row) => ({ roomNid: row.nid, summary: toSummary(row) }));
};

export const countListedRooms = async (
	client: SqlClient,
	{ serverName, text }: Pick<ListedSearch, "serverName" | "text">,
): Promise<number> => {
	const [counted] = await rows<{ total: number }>(client, {
		name: "count-listed-rooms",
		text: `SELECT count(*)::int AS total FROM rooms r WHERE ${isListed}`,
		values: [serverName, literal(text)],
	});
	return counted?.total ?? 0;
};

export const readSummaries = async (
	client: SqlClient,
	roomIds: readonly RoomId[],
	server: ServerName,
): Promise<readonly AskedSummary[]> => {
	const found = await rows<SummaryRow & { is_inside: boolean }>(client, {
		name: "room-summaries",
		text: `SELECT ${summaryColumns}, ${isServerIn("'join', 'invite'")} AS is_inside FROM rooms r
			WHERE r.id = ANY($1::text[]) AND r.state_group_id IS NOT NULL`,
		values: [roomIds, server],
	});
	return found.map((row) => ({ ...toSummary(row), isInside: row.is_inside }));
};

export const findRoomsWith = async (
	client: SqlClient,
	roomIds: readonly RoomId[],
	server: ServerName,
): Promise<ReadonlySet<RoomId>> => {
	const found = await rows<{ id: RoomId }>(client, {
		name: "rooms-with-server",
		text: `SELECT r.id FROM rooms r WHERE r.id = ANY($1::text[]) AND ${isServerIn("'join'")}`,
		values: [roomIds, server],
	});
	return new Set(found.map(({ id }) => id));
};

export const readSpaceChildren = async (client: SqlClient, roomId: RoomId): Promise<readonly SpaceChild[]> => {
	const found = await rows<{ state_key: string; sender: UserId; origin_server_ts: number; json: string }>(client, {
		name: "space-children",
		text: `SELECT s.state_key, e.sender, e.origin_server_ts, e.json FROM rooms r
			JOIN current_state s ON s.room_nid = r.nid AND s.type = 'm.space.child' JOIN events e ON e.nid = s.event_nid
			WHERE r.id = $1`,
		values: [roomId],
	});
	return found.map((row) => ({
		roomId: storedKey(row.state_key),
		sender: row.sender,
		content: contentIn(row.json),
		originServerTs: row.origin_server_ts,
	}));
};
