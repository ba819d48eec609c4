import type pg from "pg";
import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { AdminPerson, AdminStore, AdminToken, NamedPerson, PeopleFilter } from "../../../admin/public.ts";
import { databaseError } from "../database-error.ts";
import { rows, run, type SqlClient } from "../sql.ts";
import { findRoom, listRooms, peopleIn } from "./admin-rooms.ts";
import { countPeopleByDay, readFigures } from "./server-figures.ts";
import { readStorage } from "./server-storage.ts";

/** How many hexadecimal digits of a token's hash name it. */
const tokenIdLength = 16;

/** All accounts and registration tokens, for the server's owner. */
export const createAdminStore = (pool: pg.Pool): AdminStore => ({
	listPeople: (filter) => guarded(listPeople(pool, filter)),
	listTokens: (now) => guarded(listTokens(pool, now)),
	removeToken: (id) =>
		guarded(
			run(pool, {
				name: "admin_remove_token",
				text: `DELETE FROM registration_tokens WHERE left(token_hash, ${tokenIdLength}) = $1 AND NOT makes_owner`,
				values: [id],
			}),
		),
	readFigures: (now) => guarded(readFigures(pool, now)),
	findPerson: (userId) => guarded(findPerson(pool, userId)),
	listOwners: () => guarded(listOwners(pool)),
	listRooms: (filter) => guarded(listRooms(pool, filter)),
	findRoom: (name) => guarded(findRoom(pool, name)),
	peopleIn: (roomId, limit) => guarded(peopleIn(pool, roomId, limit)),
	countPeopleByDay: (now) => guarded(countPeopleByDay(pool, now)),
	readStorage: () => guarded(readStorage(pool)),
});

const guarded = async <T>(call: Promise<T>): Promise<T> => {
	try {
		return await call;
	} catch (error) {
		throw databaseError(error);
	}
};

interface PersonRecord {
	id: UserId;
	localpart: string;
	display_name: string;
	avatar_url: string | null;
	is_owner: boolean;
	is_bot: boolean;
	created_at: Date;
	disabled_at: Date | null;
	session_count: number;
	last_seen_at: Date | null;
}

const personColumns = `u.id, u.localpart, u.display_name, u.avatar_url, u.is_owner, u.is_bot, u.created_at, u.disabled_at,
	count(s.id) FILTER (WHERE s.revoked_at IS NULL) AS session_count, max(s.last_used_at) AS last_seen_at
	FROM users u LEFT JOIN sessions s ON s.user_id = u.id`;

/** `%`, `_` and `\` of the text stand for themselves. */
const listPeople = async (client: SqlClient, filter: PeopleFilter): Promise<readonly AdminPerson[]> => {
	const found = await rows<PersonRecord>(client, {
		name: "admin_list_people",
		text: `SELECT ${personColumns}
			WHERE u.localpart > $2 AND (u.localpart LIKE lower($1) || '%' OR u.display_name ILIKE '%' || $1 || '%')
			GROUP BY u.id ORDER BY u.localpart LIMIT $3::int`,
		values: [filter.text.replace(/[\\%_]/g, "\\$&"), filter.after, filter.limit],
	});
	return found.map(toPerson);
};

const findPerson = async (client: SqlClient, userId: UserId): Promise<AdminPerson | undefined> => {
	const [found] = await rows<PersonRecord>(client, {
		name: "admin_find_person",
		text: `SELECT ${personColumns} WHERE u.id = $1 GROUP BY u.id`,
		values: [userId],
	});
	return found === undefined ? undefined : toPerson(found);
};

const listOwners = async (client: SqlClient): Promise<readonly NamedPerson[]> => {
	const found = await rows<{ id: UserId; display_name: string }>(client, {
		name: "admin_list_owners",
		text: "SELECT id, display_name FROM users WHERE is_owner AND disabled_at IS NULL ORDER BY localpart",
	});
	return found.map((row) => ({ userId: row.id, displayName: row.display_name }));
};

const toPerson = (row: PersonRecord): AdminPerson => ({
	userId: row.id,
	localpart: row.localpart,
	displayName: row.display_name,
	avatarUrl: row.avatar_url ?? undefined,
	isOwner: row.is_owner,
	isBot: row.is_bot,
	isDisabled: row.disabled_at !== null,
	createdAt: row.created_at.getTime(),
	sessionCount: row.session_count,
	lastSeenAt: row.last_seen_at?.getTime(),
});

interface TokenRecord {
	id: string;
	uses_allowed: number;
	uses_count: number;
	created_at: Date;
	expires_at: Date | null;
	is_invite_link: boolean;
}

const listTokens = async (client: SqlClient, now: number): Promise<readonly AdminToken[]> => {
	const found = await rows<TokenRecord>(client, {
		name: "admin_list_tokens",
		text: `SELECT left(t.token_hash, ${tokenIdLength}) AS id, t.uses_allowed, t.uses_count, t.created_at, t.expires_at,
				EXISTS (SELECT FROM invite_links l WHERE l.token_hash = t.token_hash) AS is_invite_link
			FROM registration_tokens t
			WHERE NOT t.makes_owner AND t.uses_count < t.uses_allowed AND (t.expires_at IS NULL OR t.expires_at > $1)
			ORDER BY t.created_at DESC, t.token_hash`,
		values: [new Date(now)],
	});
	return found.map((row) => ({
		id: row.id,
		usesAllowed: row.uses_allowed,
		usesCount: row.uses_count,
		createdAt: row.created_at.getTime(),
		expiresAt: row.expires_at?.getTime(),
		isInviteLink: row.is_invite_link,
	}));
};
