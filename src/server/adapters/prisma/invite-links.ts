import type pg from "pg";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { WireRoomKind } from "../../../shared/wire/room.ts";
import type { InviteLinkStore, LiveInviteLink, NewInviteLink, StoredInviteLink } from "../../rooms/public.ts";
import { databaseError } from "./database-error.ts";
import { rows, run, type SqlClient } from "./sql.ts";

/** Invite links on PostgreSQL. */
export const createInviteLinkStore = (pool: pg.Pool): InviteLinkStore => ({
	add: (link, limit) => guarded(addLink(pool, link, limit)),
	list: (roomId, now) => guarded(listLinks(pool, roomId, now)),
	find: (tokenHash, now) => guarded(findLink(pool, tokenHash, now)),
	use: (id, now) => guarded(useLink(pool, id, now)),
	giveBack: (id) =>
		guarded(
			run(pool, {
				name: "invite_links_give_back",
				text: "UPDATE invite_links SET uses_count = uses_count - 1 WHERE id = $1 AND uses_count > 0",
				values: [id],
			}),
		),
	remove: (id) =>
		guarded(
			run(pool, {
				name: "invite_links_remove",
				text: `WITH gone AS (DELETE FROM invite_links WHERE id = $1 RETURNING token_hash)
					DELETE FROM registration_tokens t USING gone WHERE t.token_hash = gone.token_hash AND NOT t.makes_owner`,
				values: [id],
			}),
		),
});

const guarded = async <T>(call: Promise<T>): Promise<T> => {
	try {
		return await call;
	} catch (error) {
		throw databaseError(error);
	}
};

/** A registration token has the same secret, so one revocation ends both. */
const addLink = async (
	client: SqlClient,
	link: NewInviteLink,
	limit: number,
): Promise<"added" | "full" | "no-room"> => {
	const [outcome] = await rows<{ is_added: boolean }>(client, {
		name: "invite_links_add",
		text: `WITH room AS (
				SELECT nid FROM rooms WHERE id = $3 AND kind <> 'direct' AND replacement_room_id IS NULL
			),
			ended AS (DELETE FROM invite_links l USING room WHERE l.room_nid = room.nid AND l.expires_at <= now()),
			link AS (
				INSERT INTO invite_links (id, token_hash, room_nid, creator_id, uses_allowed, expires_at)
				SELECT $1, $2, nid, $4, $5::int, $6::timestamptz FROM room
				WHERE (SELECT count(*) FROM invite_links l WHERE l.room_nid = room.nid
					AND (l.expires_at IS NULL OR l.expires_at > now())) < $7::int
				RETURNING id
			),
			token AS (
				INSERT INTO registration_tokens (token_hash, uses_allowed, expires_at)
				SELECT $2, $5::int, $6::timestamptz FROM link WHERE $8::boolean
			)
			SELECT EXISTS (SELECT FROM link) AS is_added FROM room`,
		values: [
			link.id,
			link.tokenHash,
			link.roomId,
			link.creatorId,
			link.usesAllowed ?? null,
			link.expiresAt === undefined ? null : new Date(link.expiresAt),
			limit,
			link.bringsNewPeople,
		],
	});
	if (outcome === undefined) return "no-room";
	return outcome.is_added ? "added" : "full";
};

interface LinkRecord {
	id: string;
	room_id: RoomId;
	creator_id: UserId;
	creator_name: string;
	uses_allowed: number | null;
	uses_count: number;
	created_at: Date;
	expires_at: Date | null;
	brings_new_people: boolean;
}

const isLive =
	"(l.uses_allowed IS NULL OR l.uses_count < l.uses_allowed) AND (l.expires_at IS NULL OR l.expires_at > $2)";
const bringsNewPeople =
	"EXISTS (SELECT FROM registration_tokens t WHERE t.token_hash = l.token_hash) AS brings_new_people";

const listLinks = async (client: SqlClient, roomId: RoomId, now: number): Promise<readonly StoredInviteLink[]> => {
	const found = await rows<LinkRecord>(client, {
		name: "invite_links_list",
		text: `SELECT l.id, r.id AS room_id, l.creator_id, u.display_name AS creator_name, l.uses_allowed, l.uses_count,
				l.created_at, l.expires_at, ${bringsNewPeople}
			FROM rooms r JOIN invite_links l ON l.room_nid = r.nid JOIN users u ON u.id = l.creator_id
			WHERE r.id = $1 AND ${isLive} ORDER BY l.created_at DESC, l.id`,
		values: [roomId, new Date(now)],
	});
	return found.map((row) => ({
		id: row.id,
		roomId: row.room_id,
		creatorId: row.creator_id,
		creatorName: row.creator_name,
		usesAllowed: row.uses_allowed ?? undefined,
		usesCount: row.uses_count,
		createdAt: row.created_at.getTime(),
		expiresAt: row.expires_at?.getTime(),
		bringsNewPeople: row.brings_new_people,
	}));
};

interface LiveLinkRecord extends Pick<LinkRecord, "id" | "room_id" | "creator_id" | "creator_name"> {
	kind: WireRoomKind;
	name: string | null;
	topic: string | null;
	avatar_url: string | null;
	joined_count: number;
	replacement_room_id: string | null;
	brings_new_people: boolean;
}

const findLink = async (client: SqlClient, tokenHash: string, now: number): Promise<LiveInviteLink | undefined> => {
	const [row] = await rows<LiveLinkRecord>(client, {
		name: "invite_links_find",
		text: `SELECT l.id, r.id AS room_id, l.creator_id, u.display_name AS creator_name, r.kind, r.name, r.topic,
				r.avatar_url, r.joined_count, r.replacement_room_id, ${bringsNewPeople}
			FROM invite_links l JOIN rooms r ON r.nid = l.room_nid
				JOIN users u ON u.id = l.creator_id AND u.disabled_at IS NULL
			WHERE l.token_hash = $1 AND ${isLive}`,
		values: [tokenHash, new Date(now)],
	});
	return row === undefined
		? undefined
		: {
				id: row.id,
				creatorId: row.creator_id,
				creatorName: row.creator_name,
				bringsNewPeople: row.brings_new_people,
				room: {
					roomId: row.room_id,
					kind: row.kind,
					name: row.name ?? undefined,
					topic: row.topic ?? undefined,
					avatarUrl: row.avatar_url ?? undefined,
					joinedCount: row.joined_count,
					isReplaced: row.replacement_room_id !== null,
				},
			};
};

const useLink = async (client: SqlClient, id: string, now: number): Promise<boolean> => {
	const used = await rows<{ id: string }>(client, {
		name: "invite_links_use",
		text: `UPDATE invite_links l SET uses_count = uses_count + 1 WHERE l.id = $1 AND ${isLive} RETURNING l.id`,
		values: [id, new Date(now)],
	});
	return used.length > 0;
};
