import type pg from "pg";
import type { NewRegistrationToken } from "../../../accounts/public.ts";
import { rows, type SqlClient } from "../sql.ts";
import { hasOwner } from "./account-queries.ts";
import { lockOwnership } from "./transaction.ts";

/**
 * Counts one use. The row stays locked until the transaction ends: a second caller waits and then sees the count, so a
 * token is never used more often than allowed. Undefined: unknown, used up or expired.
 */
export const consumeRegistrationToken = async (
	client: SqlClient,
	tokenHash: string,
	now: number,
): Promise<{ readonly makesOwner: boolean } | undefined> => {
	const [row] = await rows<{ makes_owner: boolean }>(client, {
		name: "registration_tokens_use",
		text: `UPDATE registration_tokens SET uses_count = uses_count + 1
			WHERE token_hash = $1 AND uses_count < uses_allowed AND (expires_at IS NULL OR expires_at > $2)
			RETURNING makes_owner`,
		values: [tokenHash, new Date(now)],
	});
	return row === undefined ? undefined : { makesOwner: row.makes_owner };
};

export const addRegistrationToken = async (client: SqlClient, token: NewRegistrationToken): Promise<void> => {
	await rows(client, {
		name: "registration_tokens_add",
		text: "INSERT INTO registration_tokens (token_hash, uses_allowed, expires_at) VALUES ($1, $2, $3)",
		values: [token.tokenHash, token.usesAllowed, token.expiresAt === undefined ? null : new Date(token.expiresAt)],
	});
};

export const replaceOwnerToken = async (client: pg.PoolClient, tokenHash: string): Promise<boolean> => {
	await lockOwnership(client);
	if (await hasOwner(client)) {
		return false;
	}
	await rows(client, {
		name: "registration_tokens_drop_owner",
		text: "DELETE FROM registration_tokens WHERE makes_owner",
		values: [],
	});
	await rows(client, {
		name: "registration_tokens_add_owner",
		text: "INSERT INTO registration_tokens (token_hash, makes_owner, uses_allowed) VALUES ($1, true, 1)",
		values: [tokenHash],
	});
	return true;
};
