import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { FoundPerson, PeopleQuery, StoredAccount, StoredCredentials } from "../../../accounts/public.ts";
import type { User } from "../generated/client.ts";
import { rows, type SqlClient } from "../sql.ts";
import type { Client } from "./transaction.ts";

const toAccount = (user: Omit<User, "passwordHash">): StoredAccount => ({
	userId: user.id as UserId,
	localpart: user.localpart,
	displayName: user.displayName,
	isOwner: user.isOwner,
	isDisabled: user.disabledAt !== null,
	isBot: user.isBot,
	createdAt: user.createdAt.getTime(),
});

export const hasOwner = async (client: Client): Promise<boolean> =>
	(await client.user.findFirst({ where: { isOwner: true }, select: { id: true } })) !== null;

export const findAccount = async (
	client: Client,
	key: { readonly localpart: string } | { readonly id: UserId },
): Promise<(StoredAccount & StoredCredentials) | undefined> => {
	const user = await client.user.findUnique({ where: key });
	return user === null ? undefined : { ...toAccount(user), passwordHash: user.passwordHash ?? undefined };
};

export const listAccounts = async (client: Client): Promise<readonly StoredAccount[]> => {
	const users = await client.user.findMany({ omit: { passwordHash: true }, orderBy: { localpart: "asc" } });
	return users.map(toAccount);
};

/** `%`, `_` and `\` of the text stand for themselves. */
export const searchPeople = async (client: SqlClient, query: PeopleQuery): Promise<readonly FoundPerson[]> => {
	const pattern = query.text.replace(/[\\%_]/g, "\\$&");
	const found = await rows<{ id: UserId; display_name: string; avatar_url: string | null }>(client, {
		name: "accounts_search_people",
		text: `SELECT id, display_name, avatar_url FROM users
			WHERE disabled_at IS NULL AND id <> $1 AND NOT is_bot
				AND (localpart LIKE lower($2) || '%' OR display_name ILIKE '%' || $2 || '%')
			ORDER BY localpart = lower($3) DESC, lower(display_name), localpart LIMIT $4`,
		values: [query.exceptUserId, pattern, query.text, query.limit],
	});
	return found.map((row) => ({
		userId: row.id,
		displayName: row.display_name,
		...(row.avatar_url !== null && { avatarUrl: row.avatar_url }),
	}));
};
