import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { NewAccount, PasswordChange } from "../../../accounts/public.ts";
import { hasOwner } from "./account-queries.ts";
import { insertPasskey } from "./passkeys.ts";
import { type Client, lockOwnership, lockPerson } from "./transaction.ts";

/** False when the name, the passkey or the identity is taken. */
export const insertAccount = async (
	client: Client,
	{ passkey, identity, userId, ...account }: NewAccount & { readonly isOwner: boolean; readonly isBot?: boolean },
): Promise<boolean> => {
	const { localpart, displayName, isOwner, isBot = false, passwordHash = null } = account;
	const user = { id: userId, localpart, displayName, isOwner, isBot, passwordHash };
	const { count } = await client.user.createMany({ data: [user], skipDuplicates: true });
	if (count === 0) return false;
	if (passkey !== undefined && !(await insertPasskey(client, { ...passkey, userId }))) return false;
	if (identity === undefined) return true;
	const bound = await client.identity.createMany({ data: [{ ...identity, userId }], skipDuplicates: true });
	return bound.count > 0;
};

export const addAccount = async (
	client: Client,
	account: NewAccount & { readonly isOwner: boolean; readonly isBot?: boolean },
): Promise<"added" | "username-taken" | "owner-exists"> => {
	if (account.isOwner) {
		await lockOwnership(client);
		if (await hasOwner(client)) return "owner-exists";
	}
	return (await insertAccount(client, account)) ? "added" : "username-taken";
};

export const setPassword = async (
	client: Client,
	{ userId, passwordHash, now }: { userId: UserId; passwordHash: string; now: number },
): Promise<void> => {
	await client.user.updateMany({ where: { id: userId }, data: { passwordHash } });
	await revokeSessionsOf(client, { userId, now });
};

/** The row's lock, taken by the update, orders this against sign-ins: see `createSession`. */
export const changePassword = async (client: Client, change: PasswordChange): Promise<boolean> => {
	const { userId, currentHash = null, passwordHash } = change;
	await lockPerson(client, userId);
	const { count } = await client.user.updateMany({
		where: { id: userId, passwordHash: currentHash, disabledAt: null },
		data: { passwordHash },
	});
	if (count > 0 && change.endsOtherSessionsThan !== undefined) {
		await revokeSessionsOf(client, { userId, now: change.now, exceptSessionId: change.endsOtherSessionsThan });
	}
	return count > 0;
};

export const setDisabled = async (client: Client, userId: UserId, disabledAt: number | undefined): Promise<void> => {
	await client.user.updateMany({
		where: { id: userId },
		data: { disabledAt: disabledAt === undefined ? null : new Date(disabledAt) },
	});
	if (disabledAt !== undefined) await revokeSessionsOf(client, { userId, now: disabledAt });
};

/** Runs after the row of `users` is locked by its update, so a session made meanwhile is seen and ended too. */
const revokeSessionsOf = async (
	client: Client,
	{ userId, now, exceptSessionId }: { userId: UserId; now: number; exceptSessionId?: string },
): Promise<void> => {
	await client.session.updateMany({
		where: { userId, revokedAt: null, ...(exceptSessionId !== undefined && { id: { not: exceptSessionId } }) },
		data: { revokedAt: new Date(now) },
	});
};
