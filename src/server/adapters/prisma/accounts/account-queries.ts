import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { PeopleQuery, StoredAccount } from "../../../accounts/public.ts";
import { rows, type SqlClient } from "../sql.ts";

interface AccountRecord {
	id: UserId;
	localpart: string;
	display_name: string;
	password_hash: string;
	is_owner: boolean;
	created_at: Date;
	disabled_at: Date | null;
}

const toAccount = (row: Omit<AccountRecord, "password_hash">): StoredAccount => ({
	userId: row.id,
	localpart: row.localpart,
	displayName: row.display_name,
	isOwner: row.is_owner,
	isDisabled: row.disabled_at !== null,
	createdAt: row.created_at.getTime(),
});

export const hasOwner = async (client: SqlClient): Promise<boolean> => {
	const found = await rows<{ id: string }>(client, {
		name: "accounts_has_owner",
		text: "SELECT id FROM users WHERE is_owner LIMIT 1",
		values: [],
	});
	return found.length > 0;
};

export const findAccount = async (
	client: SqlClient,
	localpart: string,
): Promise<(StoredAccount & { readonly passwordHash: string }) | undefined> => {
	const [row] = await rows<AccountRecord>(client, {
		name: "accounts_find",
		text: `SELECT id, localpart, display_name, password_hash, is_owner, created_at, disabled_at
			FROM users WHERE localpart = $1`,
		values: [localpart],
	});
	return row === undefined ? undefined : { ...toAccount(row), passwordHash: row.password_hash };
};

export const listAccounts = async (client: SqlClient): Promise<readonly StoredAccount[]> => {
	const found = await rows<Omit<AccountRecord, "password_hash">>(client, {
		name: "accounts_list",
		text: "SELECT id, localpart, display_name, is_owner, created_at, disabled_at FROM users ORDER BY localpart",
		values: [],
	});
	return found.map(toAccount);
};

/** `%`, `_` and `\` of the text stand for themselves. */
export const searchPeople = async (
	client: SqlClient,
	query: PeopleQuery,
): Promise<readonly { readonly userId: UserId; readonly displayName: string }[]> => {
	const pattern = query.text.replace(/[\\%_]/g, "\\$&");
	const found = await rows<{ id: UserId; display_name: string }>(client, {
		name: "accounts_search_people",
		text: `SELECT id, display_name FROM users
			WHERE disabled_at IS NULL AND id <> $1
				AND (localpart LIKE lower($2) || '%' OR display_name ILIKE '%' || $2 || '%')
			ORDER BY localpart = lower($3) DESC, lower(display_name), localpart LIMIT $4`,
		values: [query.exceptUserId, pattern, query.text, query.limit],
	});
	return found.map((row) => ({ userId: row.id, displayName: row.display_name }));
};
