import type { EventId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import { roomVersion } from "../../../../../federation/room-versions/room-versions.ts";
import type { WireMembership } from "../../../../shared/wire/room.ts";
import type { MembersFilter, RoleState, RoomMember } from "../../../timeline/public.ts";
import { parseStoredEvent } from "../append/load-heads.ts";
import { rows, type SqlClient } from "../sql.ts";

interface MemberRow {
	user_id: UserId;
	display_name: string | null;
	avatar_url: string | null;
	membership: WireMembership;
}

const columns = "user_id, display_name, avatar_url, membership";

const toMember = (row: MemberRow): RoomMember => ({
	userId: row.user_id,
	displayName: row.display_name ?? undefined,
	avatarUrl: row.avatar_url ?? undefined,
	membership: row.membership,
});

/** People of the room along the key of memberships. `%`, `_` and `\` of the text stand for themselves. */
export const listMembers = async (
	client: SqlClient,
	roomNid: number,
	page: MembersFilter,
): Promise<readonly RoomMember[]> => {
	const found = await rows<MemberRow>(client, {
		name: "list-members",
		text: `SELECT ${columns} FROM memberships
			WHERE room_nid = $1 AND user_id > $2 AND membership <> 'leave'
				AND ($4::text IS NULL OR membership = $4) AND NOT user_id = ANY($5::text[])
				AND ($6::text = '' OR display_name ILIKE '%' || $6 || '%' OR user_id LIKE '@' || lower($6) || '%')
			ORDER BY user_id LIMIT $3::int`,
		values: [
			roomNid,
			page.after,
			page.limit,
			page.membership ?? null,
			page.exceptUserIds,
			page.text.replace(/[\\%_]/g, "\\$&"),
		],
	});
	return found.map(toMember);
};

export const findMembers = async (
	client: SqlClient,
	roomNid: number,
	userIds: readonly string[],
): Promise<readonly RoomMember[]> => {
	const found = await rows<MemberRow>(client, {
		name: "find-members",
		text: `SELECT ${columns} FROM memberships
			WHERE room_nid = $1 AND user_id = ANY($2::text[]) AND membership <> 'leave' ORDER BY user_id`,
		values: [roomNid, userIds],
	});
	return found.map(toMember);
};

/** The create event and the power levels. */
export const readRoleState = async (client: SqlClient, roomNid: number): Promise<RoleState> => {
	const found = await rows<{ version: string; event_id: EventId; json: string }>(client, {
		name: "read-role-state",
		text: `SELECT r.version, e.event_id, e.json FROM rooms r
			JOIN current_state s ON s.room_nid = r.nid AND s.state_key = '' AND s.type IN ('m.room.create', 'm.room.power_levels')
			JOIN events e ON e.nid = s.event_nid WHERE r.nid = $1`,
		values: [roomNid],
	});
	const version = roomVersion(found[0]?.version ?? "");
	if (version === undefined) throw new Error(`room ${roomNid} has no create event of a version that is understood`);
	return { version, events: found.map((row) => parseStoredEvent(row, version)) };
};
