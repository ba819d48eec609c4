import type { EventId, RoomId, ServerName, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { WireMembership } from "../../../../shared/wire/room.ts";
import type { BriefStanding, MembershipStore } from "../../../federation/public.ts";
import { rows, type SqlClient } from "../sql.ts";

const serverOf = "substr(m.user_id, strpos(m.user_id, ':') + 1)";
const isHere = `r.state_group_id IS NOT NULL
	AND EXISTS (SELECT FROM memberships l WHERE l.room_nid = r.nid AND l.is_local AND l.membership = 'join')`;

/** Who stands how to which room, on PostgreSQL. */
export const createMembershipStore = (client: SqlClient): MembershipStore => ({
	standing: async (roomId, userId) => {
		const [found] = await rows<{
			nid: number;
			is_here: boolean;
			membership: WireMembership | null;
			sender: UserId | null;
			asked_through: ServerName | "" | null;
		}>(client, {
			name: "standing-in-room",
			text: `SELECT r.nid, ${isHere} AS is_here, m.membership, m.sender, m.asked_through
				FROM rooms r LEFT JOIN memberships m ON m.room_nid = r.nid AND m.user_id = $2 WHERE r.id = $1`,
			values: [roomId, userId],
		});
		if (found === undefined) return undefined;
		return {
			roomNid: found.nid,
			isHere: found.is_here,
			membership: found.membership ?? undefined,
			sender: found.sender ?? undefined,
			askedThrough: found.asked_through ?? undefined,
		};
	},
	standings: (roomIds, userId) => readStandings(client, roomIds, userId),
	membersHere: async (roomId, limit) => {
		const found = await rows<{ user_id: UserId }>(client, {
			name: "members-here",
			text: `SELECT m.user_id FROM rooms r JOIN memberships m ON m.room_nid = r.nid AND m.is_local AND m.membership = 'join'
				WHERE r.id = $1 AND r.state_group_id IS NOT NULL ORDER BY m.event_nid LIMIT $2::int`,
			values: [roomId, limit],
		});
		return found.map((row) => row.user_id);
	},
	heroesOf: async (roomId, limit) => {
		const found = await rows<{ user_id: UserId }>(client, {
			name: "heroes-of-room",
			text: `SELECT m.user_id FROM rooms r JOIN memberships m ON m.room_nid = r.nid AND m.membership IN ('join', 'invite')
				WHERE r.id = $1 ORDER BY m.membership = 'invite', m.event_nid LIMIT $2::int`,
			values: [roomId, limit],
		});
		return found.map((row) => row.user_id);
	},
	serversIn: async (roomId) => {
		const found = await rows<{ server: ServerName }>(client, {
			name: "servers-in-room",
			text: `SELECT DISTINCT ${serverOf} AS server FROM rooms r
				JOIN memberships m ON m.room_nid = r.nid AND m.membership = 'join' WHERE r.id = $1
				UNION SELECT unnest(a.servers) FROM rooms r JOIN arriving_members a ON a.room_nid = r.nid WHERE r.id = $1
				ORDER BY server`,
			values: [roomId],
		});
		return found.map((row) => row.server);
	},
	invitationsOf: async (roomNid, userId) => {
		const found = await rows<{ event_id: EventId }>(client, {
			name: "invitations-of-person",
			text: `SELECT e.event_id FROM events e WHERE e.room_nid = $1 AND e.position IS NULL AND e.type = 'm.room.member'
				AND e.state_key = $2 AND e.verdict = 0`,
			values: [roomNid, userId],
		});
		return found.map((row) => row.event_id);
	},
	sharesRoom: async (server) => {
		const [found] = await rows(client, {
			name: "shares-room-with-server",
			text: `SELECT FROM memberships m WHERE NOT m.is_local AND m.membership = 'join' AND ${serverOf} = $1
				AND EXISTS (SELECT FROM rooms r WHERE r.nid = m.room_nid AND ${isHere}) LIMIT 1`,
			values: [server],
		});
		return found !== undefined;
	},
	hasPerson: async (userId) => {
		const [found] = await rows(client, {
			name: "has-person",
			text: "SELECT FROM users WHERE id = $1 AND disabled_at IS NULL",
			values: [userId],
		});
		return found !== undefined;
	},
	pendingFrom: async (server) => {
		const [found] = await rows<{ count: number }>(client, {
			name: "pending-invitations-of-server",
			text: `SELECT count(*)::int AS count FROM memberships m JOIN rooms r ON r.nid = m.room_nid AND r.state_group_id IS NULL
				WHERE m.is_local AND m.membership = 'invite' AND substr(m.sender, strpos(m.sender, ':') + 1) = $1`,
			values: [server],
		});
		return found?.count ?? 0;
	},
});

const readStandings = async (
	client: SqlClient,
	roomIds: readonly RoomId[],
	userId: UserId,
): Promise<ReadonlyMap<RoomId, BriefStanding>> => {
	if (roomIds.length === 0) return new Map();
	const found = await rows<{ id: RoomId; is_here: boolean; membership: WireMembership | null }>(client, {
		name: "standings-in-rooms",
		text: `SELECT r.id, ${isHere} AS is_here, m.membership
			FROM rooms r LEFT JOIN memberships m ON m.room_nid = r.nid AND m.user_id = $2 WHERE r.id = ANY($1::text[])`,
		values: [[...new Set(roomIds)], userId],
	});
	return new Map(found.map((row) => [row.id, { isHere: row.is_here, membership: row.membership ?? undefined }]));
};
