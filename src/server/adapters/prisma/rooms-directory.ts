import type pg from "pg";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { MemberList, RoomDirectory } from "../../rooms/ports.ts";
import { findDirectRoom } from "./append/find-earlier.ts";
import { loadHeads, loadMembers } from "./append/load-heads.ts";
import { publicRoomOfAlias, searchPublicRooms, shownRoom } from "./public-rooms.ts";
import { rows } from "./sql.ts";
import { storableKey } from "./storable-key.ts";

/** Rooms by alias, by pair of people and by id, outside the append path. */
export const createRoomDirectory = (pool: pg.Pool): RoomDirectory => ({
	roomIdOfAlias: async (alias) => {
		const [found] = await rows<{ id: RoomId }>(pool, {
			name: "room-of-alias",
			text: "SELECT r.id FROM room_aliases a JOIN rooms r ON r.nid = a.room_nid WHERE a.alias = $1",
			values: [alias],
		});
		return found?.id;
	},
	searchPublicRooms: (search) => searchPublicRooms(pool, search),
	publicRoomOfAlias: (alias, viewerId) => publicRoomOfAlias(pool, alias, viewerId),
	shownRoom: (roomId, viewerId) => shownRoom(pool, roomId, viewerId),
	pendingMoves: async (oldRoomId) => {
		const found = await rows<{ old_id: RoomId; new_id: RoomId; user_id: UserId }>(pool, {
			name: "pending-room-moves",
			text: `SELECT o.id AS old_id, n.id AS new_id, m.user_id FROM room_moves m
				JOIN rooms o ON o.nid = m.old_room_nid JOIN rooms n ON n.nid = m.new_room_nid
				WHERE $1::text IS NULL OR o.id = $1 ORDER BY n.nid`,
			values: [oldRoomId ?? null],
		});
		return found.map((row) => ({ oldRoomId: row.old_id, newRoomId: row.new_id, userId: row.user_id }));
	},
	aliasesOf: async (roomId) => {
		const found = await rows<{ alias: string }>(pool, {
			name: "aliases-of-room",
			text: "SELECT a.alias FROM room_aliases a JOIN rooms r ON r.nid = a.room_nid WHERE r.id = $1 ORDER BY a.alias",
			values: [roomId],
		});
		return found.map((row) => row.alias);
	},
	directRoomOf: (userId, otherId) => findDirectRoom(pool, userId, otherId),
	roomsOf: async (userId, memberships) => {
		const found = await rows<{ id: RoomId }>(pool, {
			name: "rooms-of-person",
			text: `SELECT r.id FROM memberships m JOIN rooms r ON r.nid = m.room_nid
				WHERE m.user_id = $1 AND m.membership = ANY($2::text[]) ORDER BY r.last_activity DESC`,
			values: [userId, memberships],
		});
		return found.map((row) => row.id);
	},
	localPeopleOf: (roomId) => readLocalPeople(pool, roomId),
	profilesOf: async (userIds) => {
		const found = await rows<{ id: UserId; display_name: string; avatar_url: string | null }>(pool, {
			name: "profiles-of",
			text: "SELECT id, display_name, avatar_url FROM users WHERE id = ANY($1::text[]) AND disabled_at IS NULL",
			values: [userIds],
		});
		return new Map(
			found.map((row) => [row.id, { displayName: row.display_name, avatarUrl: row.avatar_url ?? undefined }]),
		);
	},
	isElsewhere: async (roomId) => {
		const present = "FROM memberships m WHERE m.room_nid = r.nid AND m.membership = 'join'";
		const [found] = await rows<{ is_elsewhere: boolean }>(pool, {
			name: "is-room-elsewhere",
			text: `SELECT r.state_group_id IS NULL OR NOT EXISTS (SELECT ${present} AND m.is_local)
				AND EXISTS (SELECT ${present} AND NOT m.is_local) AS is_elsewhere FROM rooms r WHERE r.id = $1`,
			values: [roomId],
		});
		return found?.is_elsewhere;
	},
	whoBlocks: (senderId, userIds) => readWhoBlocks(pool, senderId, userIds),
	memberList: (roomId) => readMemberList(pool, roomId),
	snapshot: async (roomId, userIds) => {
		const [head] = await loadHeads(pool, [roomId]);
		if (head === undefined) return undefined;
		for (const entry of await loadMembers(pool, head, userIds)) head.members.set(entry.event.stateKey, entry);
		return {
			roomNid: head.row.nid,
			version: head.version,
			areMembersArriving: head.areMembersArriving,
			isEncrypted: head.row.encryption !== undefined,
			ends: head.extremities,
			state: {
				get: (type, stateKey) => {
					if (type === "m.room.member") return head.members.get(stateKey)?.event;
					return head.state.get(`${type}\u0000${stateKey}`)?.event;
				},
			},
		};
	},
});

const readLocalPeople = async (pool: pg.Pool, roomId: RoomId): Promise<readonly UserId[]> => {
	const found = await rows<{ user_id: UserId }>(pool, {
		name: "local-people-of-room",
		text: `SELECT m.user_id FROM memberships m JOIN rooms r ON r.nid = m.room_nid
			WHERE r.id = $1 AND m.is_local AND m.membership IN ('join', 'invite', 'knock')
			ORDER BY m.membership <> 'join', m.event_nid`,
		values: [roomId],
	});
	return found.map((row) => row.user_id);
};

const readWhoBlocks = async (
	pool: pg.Pool,
	senderId: UserId,
	userIds: readonly UserId[],
): Promise<readonly UserId[]> => {
	const found = await rows<{ user_id: UserId }>(pool, {
		name: "who-blocks",
		text: "SELECT user_id FROM blocked_people WHERE blocked_id = $1 AND user_id = ANY($2::text[])",
		values: [storableKey(senderId), userIds.map(storableKey)],
	});
	return found.map((row) => row.user_id);
};

const readMemberList = async (pool: pg.Pool, roomId: RoomId): Promise<MemberList | undefined> => {
	const [found] = await rows<{ is_arriving: boolean; last_error: string | null; known: number }>(pool, {
		name: "member-list-of-room",
		text: `SELECT a.room_nid IS NOT NULL AS is_arriving, a.last_error, r.joined_count AS known
			FROM rooms r LEFT JOIN arriving_members a ON a.room_nid = r.nid WHERE r.id = $1`,
		values: [roomId],
	});
	if (found === undefined) return undefined;
	if (!found.is_arriving) return { kind: "complete" };
	return { kind: "arriving", known: found.known, lastError: found.last_error ?? undefined };
};
