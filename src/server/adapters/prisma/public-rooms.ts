import type { RoomAlias, RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { type WireMembership, wireJoinRule } from "../../../shared/wire/room.ts";
import type { PublicRoom, PublicRoomSearch } from "../../rooms/public.ts";
import { rows, type SqlClient } from "./sql.ts";

interface PublicRoomRecord {
	nid: number;
	id: RoomId;
	name: string | null;
	topic: string | null;
	avatar_url: string | null;
	alias: RoomAlias | null;
	joined_count: number;
	join_rule: string;
	is_space: boolean;
	membership: WireMembership | null;
}

const columns = `r.nid, r.id, r.name, r.topic, r.avatar_url, r.joined_count, r.join_rule, r.kind = 'space' AS is_space,
	(SELECT min(a.alias) FROM room_aliases a WHERE a.room_nid = r.nid) AS alias, m.membership`;

const toPublicRoom = (row: PublicRoomRecord): PublicRoom => ({
	roomNid: row.nid,
	roomId: row.id,
	name: row.name ?? undefined,
	topic: row.topic ?? undefined,
	avatarUrl: row.avatar_url ?? undefined,
	alias: row.alias ?? undefined,
	joinedCount: row.joined_count,
	joinRule: wireJoinRule.catch("invite").parse(row.join_rule),
	isSpace: row.is_space,
	membership: row.membership ?? undefined,
});

/** `%`, `_` and `\` of the text stand for themselves. */
export const searchPublicRooms = async (
	client: SqlClient,
	{ viewerId, text, after, limit }: PublicRoomSearch,
): Promise<readonly PublicRoom[]> => {
	const found = await rows<PublicRoomRecord>(client, {
		name: "public-rooms",
		text: `SELECT ${columns} FROM rooms r LEFT JOIN memberships m ON m.room_nid = r.nid AND m.user_id = $1
			WHERE r.join_rule = 'public' AND r.kind <> 'direct' AND r.replacement_room_id IS NULL AND r.joined_count > 0
				AND m.membership IS DISTINCT FROM 'ban'
				AND ($3::int IS NULL OR (r.joined_count, -r.nid) < ($3::int, -$4::int))
				AND ($2 = '' OR r.name ILIKE '%' || $2 || '%' OR r.topic ILIKE '%' || $2 || '%'
					OR EXISTS (SELECT FROM room_aliases a WHERE a.room_nid = r.nid AND a.alias ILIKE '%' || $2 || '%'))
			ORDER BY r.joined_count DESC, r.nid LIMIT $5::int`,
		values: [viewerId, text.replace(/[\\%_]/g, "\\$&"), after?.joinedCount ?? null, after?.roomNid ?? null, limit],
	});
	return found.map(toPublicRoom);
};

/** To whoever may join, may ask to, or is in it or invited. */
const isShown =
	"(r.join_rule IN ('public', 'knock', 'knock_restricted') OR m.membership IN ('join', 'invite', 'knock'))";

/** A room that is public or lets people ask, or that the viewer is in or invited to. */
export const publicRoomOfAlias = async (
	client: SqlClient,
	alias: RoomAlias,
	viewerId: UserId,
): Promise<PublicRoom | undefined> => {
	const [row] = await rows<PublicRoomRecord>(client, {
		name: "public-room-of-alias",
		text: `SELECT ${columns} FROM room_aliases own JOIN rooms r ON r.nid = own.room_nid
				LEFT JOIN memberships m ON m.room_nid = r.nid AND m.user_id = $2
			WHERE own.alias = $1 AND r.kind <> 'direct' AND m.membership IS DISTINCT FROM 'ban'
				AND ${isShown}`,
		values: [alias, viewerId],
	});
	return row === undefined ? undefined : toPublicRoom(row);
};

/** The same by its id. */
export const shownRoom = async (
	client: SqlClient,
	roomId: RoomId,
	viewerId: UserId,
): Promise<PublicRoom | undefined> => {
	const [row] = await rows<PublicRoomRecord>(client, {
		name: "shown-room",
		text: `SELECT ${columns} FROM rooms r LEFT JOIN memberships m ON m.room_nid = r.nid AND m.user_id = $2
			WHERE r.id = $1 AND r.kind <> 'direct' AND m.membership IS DISTINCT FROM 'ban' AND ${isShown}`,
		values: [roomId, viewerId],
	});
	return row === undefined ? undefined : toPublicRoom(row);
};
