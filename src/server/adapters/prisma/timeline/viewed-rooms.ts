import type { RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { WireMembership, WireRoomKind } from "../../../../shared/wire/room.ts";
import type { RoomAccess, ViewedRoom } from "../../../timeline/public.ts";
import { rows, type SqlClient } from "../sql.ts";
import { shownEncryption } from "../stored-encryption.ts";
import { knockCount } from "./knock-count.ts";
import { hasBounds } from "./room-bounds.ts";
import { isUnwanted } from "./unwanted-invitation.ts";

interface ViewedRow {
	user_id: UserId;
	room_nid: number;
	id: RoomId;
	kind: WireRoomKind;
	name: string | null;
	topic: string | null;
	avatar_url: string | null;
	joined_count: number;
	invited_count: number;
	replacement_room_id: RoomId | null;
	encryption: string | null;
	history_visibility: string;
	last_message_nid: number | null;
	renewed_at: number;
	membership: WireMembership;
	sender: UserId;
	event_nid: number;
	is_forgotten: boolean;
	was_refused: boolean;
	last_position: number;
	unread_count: number;
	mention_count: number;
	knock_count: number;
	read_position: number | null;
	heroes: [UserId, string | null, string, string | null][] | null;
	has_bounds: boolean;
}

/** An invitation stands in the list where it arrived, and so does what became of asking: what happens in the room is not theirs yet. */
const lastPosition = `CASE WHEN m.membership IN ('invite', 'knock') OR m.asked_through IS NOT NULL
	THEN m.event_nid ELSE r.last_activity END`;

const oldestMembers = (membership: string): string => `
	(SELECT h.user_id, h.display_name, h.membership, h.avatar_url, h.event_nid FROM memberships h
	WHERE h.room_nid = c.room_nid AND h.membership = '${membership}' AND h.user_id <> c.user_id
	ORDER BY h.event_nid LIMIT 5)`;

/**
 * Who names a room without a name: the oldest others in it, and where nobody else is, who was. In a room with a name:
 * whoever wrote last. To the invited: the inviter. To who asks to join: nobody.
 */
const heroes = `CASE
	WHEN c.membership = 'invite' THEN (
		SELECT json_build_array(json_build_array(h.user_id, h.display_name, h.membership, h.avatar_url)) FROM memberships h
		WHERE h.room_nid = c.room_nid AND h.user_id = c.sender)
	WHEN c.membership <> 'join' AND c.asked_through IS NOT NULL THEN NULL
	WHEN r.name IS NULL THEN (
		SELECT json_agg(json_build_array(h.user_id, h.display_name, h.membership, h.avatar_url) ORDER BY h.event_nid) FROM (
			${["join", "invite", "leave", "ban"].map(oldestMembers).join(" UNION ALL ")}) h)
	ELSE (
		SELECT json_build_array(json_build_array(h.user_id, h.display_name, h.membership, h.avatar_url)) FROM memberships h
		WHERE h.room_nid = c.room_nid AND h.user_id <> c.user_id
			AND h.user_id = (SELECT e.sender FROM events e WHERE e.nid = r.last_message_nid))
	END`;

/** At most 1,000 are looked at: a badge says no more than "many". */
const mentionCount = `(
	SELECT count(DISTINCT p.position)::int FROM (
		SELECT n.position FROM mentions n WHERE n.room_nid = c.room_nid AND n.user_id IN (c.user_id, '*')
			AND n.position > coalesce(own.position, -9007199254740991) LIMIT 1000
	) p JOIN events e ON e.nid = p.position WHERE e.message_ordinal > c.joined_ordinal AND e.verdict = 0 AND e.redacted_by_nid IS NULL)`;

/** Everything a row of the chat list says, for the memberships that `chosen` selects as `m.*` with their last position. */
const viewedRooms = (chosen: string): string => `
WITH chosen AS MATERIALIZED (${chosen})
SELECT c.user_id, c.room_nid, r.id, r.kind, r.name, r.topic, r.avatar_url, r.joined_count, r.invited_count,
	r.replacement_room_id, r.encryption, r.history_visibility, r.last_message_nid, r.renewed_at, c.membership, c.sender, c.event_nid, c.is_forgotten, c.last_position,
	c.membership IN ('leave', 'ban') AND c.asked_through IS NOT NULL AS was_refused,
	own.position AS read_position, ${heroes} AS heroes, ${hasBounds("c.membership")} AS has_bounds,
	CASE WHEN c.membership = 'join'
		THEN greatest(0, r.message_count - greatest(own.ordinal, c.joined_ordinal)) ELSE 0 END AS unread_count,
	CASE WHEN c.membership = 'join' THEN ${mentionCount} ELSE 0 END AS mention_count,
	CASE WHEN c.membership = 'join' THEN ${knockCount("r")} ELSE 0 END AS knock_count
FROM chosen c JOIN rooms r ON r.nid = c.room_nid
CROSS JOIN LATERAL (
	SELECT max(o.position) AS position, max(o.message_ordinal) AS ordinal FROM receipts o
	WHERE o.room_nid = c.room_nid AND o.user_id = c.user_id
) own
ORDER BY c.last_position DESC`;

/** An invitation that the invited person or the owner does not want is shown nowhere, by whichever way it came. */
const chosenFrom = (takesNone: string): string => `
	SELECT m.*, ${lastPosition} AS last_position FROM memberships m JOIN rooms r ON r.nid = m.room_nid
	AND NOT ${isUnwanted("m", takesNone)}`;

const listed = viewedRooms(`${chosenFrom("$4")}
	WHERE m.user_id = $1 AND (m.membership IN ('join', 'invite', 'knock') OR m.asked_through IS NOT NULL)
	AND NOT m.is_forgotten AND ${lastPosition} < $2::int8
	ORDER BY last_position DESC LIMIT $3::int`);

const found = viewedRooms(`${chosenFrom("$3")} WHERE m.room_nid = ANY($2::int4[]) AND m.user_id = ANY($1::text[])`);

const changed = viewedRooms(`${chosenFrom("$4")}
	WHERE m.user_id = $1 AND (m.event_nid > $2::int8 OR m.membership = 'join' AND r.head_position > $2::int8)
	ORDER BY last_position DESC LIMIT $3::int`);

/** Where chat lists are read, and whether invitations from other servers are shown in them. */
export interface ListReader {
	readonly client: SqlClient;
	readonly takesNone: boolean;
}

/** The chat list below a position. */
export const listRooms = (
	{ client, takesNone }: ListReader,
	viewerId: UserId,
	{ before, limit }: { readonly before: number; readonly limit: number },
): Promise<readonly ViewedRoom[]> =>
	view(client, { name: "list-rooms", text: listed, values: [viewerId, before, limit, takesNone] });

/** The rows of these people in these rooms. */
export const findRooms = (
	{ client, takesNone }: ListReader,
	viewerIds: readonly UserId[],
	roomNids: readonly number[],
): Promise<readonly ViewedRoom[]> =>
	view(client, { name: "find-viewed-rooms", text: found, values: [viewerIds, roomNids, takesNone] });

/** Rooms of the viewer with events after a position, or where the viewer's own membership changed after it. */
export const findChangedRooms = (
	{ client, takesNone }: ListReader,
	viewerId: UserId,
	{ after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly ViewedRoom[]> =>
	view(client, { name: "find-changed-rooms", text: changed, values: [viewerId, after, limit, takesNone] });

const view = async (
	client: SqlClient,
	statement: { readonly name: string; readonly text: string; readonly values: readonly unknown[] },
): Promise<readonly ViewedRoom[]> => (await rows<ViewedRow>(client, statement)).map(toViewedRoom);

const toViewedRoom = (row: ViewedRow): ViewedRoom => ({
	viewerId: row.user_id,
	roomNid: row.room_nid,
	roomId: row.id,
	kind: row.kind,
	name: row.name ?? undefined,
	topic: row.topic ?? undefined,
	avatarUrl: row.avatar_url ?? undefined,
	joinedCount: row.joined_count,
	invitedCount: row.invited_count,
	replacementRoomId: row.replacement_room_id ?? undefined,
	encryption: shownEncryption(row.encryption, row.history_visibility),
	lastMessageNid: row.last_message_nid ?? undefined,
	renewedAt: row.renewed_at,
	membership: row.membership,
	membershipSender: row.sender,
	membershipPosition: row.event_nid,
	isForgotten: row.is_forgotten,
	wasRefused: row.was_refused,
	lastPosition: row.last_position,
	unreadCount: row.unread_count,
	mentionCount: row.mention_count,
	knockCount: row.knock_count,
	readPosition: row.read_position ?? undefined,
	heroes: (row.heroes ?? []).map(([userId, displayName, membership, avatarUrl]) => ({
		userId,
		displayName: displayName ?? undefined,
		avatarUrl: avatarUrl ?? undefined,
		membership,
	})),
	hasBounds: row.has_bounds,
});

interface AccessRow {
	room_nid: number;
	membership: WireMembership | null;
	is_forgotten: boolean | null;
	has_bounds: boolean;
}

/** How a person stands to a room, also one they were never in. */
export const findAccess = async (
	client: SqlClient,
	viewerId: UserId,
	roomId: RoomId,
): Promise<RoomAccess | undefined> => {
	const [row] = await rows<AccessRow>(client, {
		name: "find-room-access",
		text: `SELECT r.nid AS room_nid, m.membership, m.is_forgotten, ${hasBounds("m.membership")} AS has_bounds
			FROM rooms r LEFT JOIN memberships m ON m.room_nid = r.nid AND m.user_id = $1 WHERE r.id = $2`,
		values: [viewerId, roomId],
	});
	if (row === undefined) return undefined;
	return {
		viewerId,
		roomNid: row.room_nid,
		membership: row.membership ?? undefined,
		isForgotten: row.is_forgotten ?? false,
		hasBounds: row.has_bounds,
	};
};
