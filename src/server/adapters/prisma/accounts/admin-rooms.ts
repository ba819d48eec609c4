import type { RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import { wireJoinRule, wireRoomKind } from "../../../../shared/wire/room.ts";
import type { AdminRoom, NamedPerson, RoomsFilter } from "../../../admin/public.ts";
import { rows, type SqlClient } from "../sql.ts";

interface RoomRecord {
	id: RoomId;
	name: string | null;
	kind: string;
	join_rule: string;
	is_encrypted: boolean;
	joined_count: number;
	local_count: number;
	message_count: number;
	last_message_at: number | null;
	creator_id: string;
	is_replaced: boolean;
}

const local = `(SELECT count(*) FROM memberships m
	WHERE m.room_nid = r.nid AND m.is_local AND m.membership IN ('join', 'invite', 'knock'))`;

const columns = `r.id, r.name, r.kind, r.join_rule, r.encryption IS NOT NULL AS is_encrypted, r.joined_count,
	${local} AS local_count, r.message_count, e.origin_server_ts AS last_message_at, r.creator_id,
	r.replacement_room_id IS NOT NULL AS is_replaced`;

const tables = "rooms r LEFT JOIN events e ON e.nid = r.last_message_nid";

/** `%`, `_` and `\` of the text stand for themselves. */
export const listRooms = async (client: SqlClient, { text, limit }: RoomsFilter): Promise<readonly AdminRoom[]> => {
	const found = await rows<RoomRecord>(client, {
		name: "admin_list_rooms",
		text: `SELECT ${columns} FROM ${tables}
			WHERE ${local} > 0 AND ($1 = '' OR r.id LIKE $1 || '%' OR r.name ILIKE '%' || $1 || '%'
				OR EXISTS (SELECT FROM room_aliases a WHERE a.room_nid = r.nid AND a.alias ILIKE $1 || '%'))
			ORDER BY r.last_activity DESC, r.nid LIMIT $2::int`,
		values: [text.replace(/[\\%_]/g, "\\$&"), limit],
	});
	return found.map(toRoom);
};

export const findRoom = async (client: SqlClient, name: string): Promise<AdminRoom | undefined> => {
	const [found] = await rows<RoomRecord>(client, {
		name: "admin_find_room",
		text: `SELECT ${columns} FROM ${tables}
			WHERE ${local} > 0 AND (r.id = $1 OR r.nid IN (SELECT a.room_nid FROM room_aliases a WHERE a.alias = $1))`,
		values: [name],
	});
	return found === undefined ? undefined : toRoom(found);
};

export const peopleIn = async (client: SqlClient, roomId: RoomId, limit: number): Promise<readonly NamedPerson[]> => {
	const found = await rows<{ id: UserId; display_name: string }>(client, {
		name: "admin_people_in_room",
		text: `SELECT u.id, u.display_name FROM memberships m JOIN rooms r ON r.nid = m.room_nid JOIN users u ON u.id = m.user_id
			WHERE r.id = $1 AND m.membership = 'join' ORDER BY u.display_name, u.id LIMIT $2::int`,
		values: [roomId, limit],
	});
	return found.map((row) => ({ userId: row.id, displayName: row.display_name }));
};

const toRoom = (row: RoomRecord): AdminRoom => ({
	roomId: row.id,
	name: row.name ?? undefined,
	kind: wireRoomKind.catch("group").parse(row.kind),
	joinRule: wireJoinRule.catch("invite").parse(row.join_rule),
	isEncrypted: row.is_encrypted,
	joinedCount: row.joined_count,
	localCount: row.local_count,
	messageCount: row.message_count,
	lastMessageAt: row.last_message_at ?? undefined,
	creatorId: row.creator_id,
	isReplaced: row.is_replaced,
});
