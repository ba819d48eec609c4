import type { NewRegistrationToken } from "../../../accounts/public.ts";
import { hasOwner } from "./account-queries.ts";
import { type Client, lockOwnership } from "./transaction.ts";

/**
 * Counts one use. The row stays locked until the transaction ends: a second caller waits and then sees the count, so a
 * token is never used more often than allowed. Undefined: unknown, used up or expired.
 */
export const consumeRegistrationToken = async (
	client: Client,
	tokenHash: string,
	now: number,
): Promise<{ readonly makesOwner: boolean } | undefined> => {
	const [row] = await client.$queryRaw<{ makes_owner: boolean }[]>`
		UPDATE registration_tokens SET uses_count = uses_count + 1
		WHERE token_hash = ${tokenHash} AND uses_count < uses_allowed
			AND (expires_at IS NULL OR expires_at > ${new Date(now)})
		RETURNING makes_owner`;
	return row === undefined ? undefined : { makesOwner: row.makes_owner };
};

export const isRegistrationTokenGood = async (client: Client, tokenHash: string, now: number): Promise<boolean> => {
	const token = await client.registrationToken.findUnique({ where: { tokenHash } });
	if (token === null || token.usesCount >= token.usesAllowed) return false;
	return token.expiresAt === null || token.expiresAt.getTime() > now;
};

export const addRegistrationToken = async (client: Client, token: NewRegistrationToken): Promise<void> => {
	const { tokenHash, usesAllowed, expiresAt } = token;
	await client.registrationToken.create({
		data: { tokenHash, usesAllowed, expiresAt: expiresAt === undefined ? null : new Date(expiresAt) },
	});
};

export const replaceOwnerToken = async (client: Client, tokenHash: string): Promise<boolean> => {
	await lockOwnership(client);
	if (await hasOwner(client)) return false;
	await client.registrationToken.deleteMany({ where: { makesOwner: true } });
	await client.registrationToken.create({ data: { tokenHash, makesOwner: true, usesAllowed: 1 } });
	return true;
};
