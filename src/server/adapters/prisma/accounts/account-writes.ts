import type pg from "pg";
import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { NewAccount } from "../../../accounts/public.ts";
import { rows, type SqlClient } from "../sql.ts";
import { hasOwner } from "./account-queries.ts";
import { lockOwnership } from "./transaction.ts";

/** False when the name is taken. */
export const insertAccount = async (
	client: SqlClient,
	account: NewAccount & { readonly isOwner: boolean },
): Promise<boolean> => {
	const inserted = await rows<{ id: string }>(client, {
		name: "accounts_insert",
		text: `INSERT INTO users (id, localpart, display_name, password_hash, is_owner) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT DO NOTHING RETURNING id`,
		values: [account.userId, account.localpart, account.displayName, account.passwordHash, account.isOwner],
	});
	return inserted.length > 0;
};

export const addAccount = async (
	client: pg.PoolClient,
	account: NewAccount & { readonly isOwner: boolean },
): Promise<"added" | "username-taken" | "owner-exists"> => {
	if (account.isOwner) {
		await lockOwnership(client);
		if (await hasOwner(client)) {
			return "owner-exists";
		}
	}
	return (await insertAccount(client, account)) ? "added" : "username-taken";
};

export const setPassword = async (
	client: SqlClient,
	{ userId, passwordHash, now }: { userId: UserId; passwordHash: string; now: number },
): Promise<void> => {
	await rows(client, {
		name: "accounts_set_password",
		text: "UPDATE users SET password_hash = $2 WHERE id = $1",
		values: [userId, passwordHash],
	});
	await revokeSessionsOf(client, userId, now);
};

export const setDisabled = async (client: SqlClient, userId: UserId, disabledAt: number | undefined): Promise<void> => {
	await rows(client, {
		name: "accounts_set_disabled",
		text: "UPDATE users SET disabled_at = $2 WHERE id = $1",
		values: [userId, disabledAt === undefined ? null : new Date(disabledAt)],
	});
	if (disabledAt !== undefined) {
		await revokeSessionsOf(client, userId, disabledAt);
	}
};

/** Runs after the row of `users` is locked by its update, so a session made meanwhile is seen and ended too. */
const revokeSessionsOf = async (client: SqlClient, userId: UserId, now: number): Promise<void> => {
	await rows(client, {
		name: "accounts_revoke_sessions",
		text: "UPDATE sessions SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL",
		values: [userId, new Date(now)],
	});
};
