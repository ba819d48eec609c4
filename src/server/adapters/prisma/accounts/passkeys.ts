import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { NewPasskey, PasskeyUse, StoredPasskey } from "../../../accounts/public.ts";
import type { Passkey } from "../generated/client.ts";
import { type Client, lockPerson } from "./transaction.ts";

const toPasskey = (row: Passkey): StoredPasskey => ({
	id: row.id,
	userId: row.userId as UserId,
	userHandle: row.userHandle,
	publicKey: row.publicKey,
	signCount: Number(row.signCount),
	transports: row.transports,
	name: row.name,
	createdAt: row.createdAt.getTime(),
	lastUsedAt: row.lastUsedAt?.getTime(),
});

/** False when the credential is known already. */
export const insertPasskey = async (
	client: Client,
	{ publicKey, transports, ...passkey }: NewPasskey & { readonly userId: UserId },
): Promise<boolean> => {
	const row = { ...passkey, publicKey: new Uint8Array(publicKey), transports: [...transports] };
	const { count } = await client.passkey.createMany({ data: [row], skipDuplicates: true });
	return count > 0;
};

/** The person's row is locked, so that two calls cannot pass the limit together. */
export const addPasskey = async (
	client: Client,
	passkey: NewPasskey & { readonly userId: UserId },
	limit: number,
): Promise<"added" | "known" | "too-many"> => {
	await lockPerson(client, passkey.userId);
	const count = await client.passkey.count({ where: { userId: passkey.userId } });
	if (count >= limit) return "too-many";
	return (await insertPasskey(client, passkey)) ? "added" : "known";
};

export const listPasskeys = async (client: Client, userId: UserId): Promise<readonly StoredPasskey[]> => {
	const found = await client.passkey.findMany({ where: { userId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
	return found.map(toPasskey);
};

export const findPasskey = async (client: Client, id: string): Promise<StoredPasskey | undefined> => {
	const found = await client.passkey.findUnique({ where: { id } });
	return found === null ? undefined : toPasskey(found);
};

/** False when another use came between: a copied authenticator shows by a count that does not grow. */
export const notePasskeyUse = async (client: Client, use: PasskeyUse): Promise<boolean> => {
	const { count } = await client.passkey.updateMany({
		where: { id: use.id, signCount: BigInt(use.countBefore) },
		data: { signCount: BigInt(use.count), lastUsedAt: new Date(use.now) },
	});
	return count > 0;
};

export const renamePasskey = async (
	client: Client,
	{ userId, id, name }: { readonly userId: UserId; readonly id: string; readonly name: string },
): Promise<boolean> => {
	const { count } = await client.passkey.updateMany({ where: { id, userId }, data: { name } });
	return count > 0;
};

/** The person's row is locked, so that two calls cannot take the last two ways in away together. */
export const removePasskey = async (
	client: Client,
	{ userId, id }: { readonly userId: UserId; readonly id: string },
): Promise<"removed" | "unknown" | "last-way-in"> => {
	await lockPerson(client, userId);
	if ((await client.passkey.count({ where: { id, userId } })) === 0) return "unknown";
	const person = await client.user.findUniqueOrThrow({
		where: { id: userId },
		select: { passwordHash: true, _count: { select: { passkeys: true, identities: true } } },
	});
	const otherWays = person._count.passkeys - 1 + person._count.identities + (person.passwordHash === null ? 0 : 1);
	if (otherWays === 0) return "last-way-in";
	await client.passkey.deleteMany({ where: { id, userId } });
	return "removed";
};
