/**
 * Secrets in account data. What other keys open there is left as it is.
 * Source: Matrix v1.19 Client-Server API, "Secrets", "Storage".
 */
import { decryptSecret, encryptSecret } from "../secret-storage/encrypt-secret.ts";
import type { StorageKey } from "../secret-storage/secret-keys.ts";
import {
	defaultKeySchema,
	type KeyDescription,
	keyDescriptionSchema,
	secretSchema,
} from "../secret-storage/secret-schemas.ts";
import { type SecretName, secretNames } from "./own-secrets.ts";
import type { Recovery } from "./ports.ts";

/** A storage key under the id by which account data speaks of it. */
export interface NamedKey {
	readonly id: string;
	readonly key: StorageKey;
}

export const defaultKeyType = "m.secret_storage.default_key";
export const descriptionType = (keyId: string): string => `m.secret_storage.key.${keyId}`;

/** `unknown`: there is one, of a kind that is not spoken here. */
export type DefaultKey =
	| { readonly kind: "none" }
	| { readonly kind: "unknown" }
	| { readonly kind: "known"; readonly id: string; readonly description: KeyDescription };

export async function readDefaultKey(server: Recovery["server"]): Promise<DefaultKey> {
	const named = defaultKeySchema.safeParse(await server.accountData(defaultKeyType));
	if (!named.success) return { kind: "none" };
	const { key: id } = named.data;
	const described = keyDescriptionSchema.safeParse(await server.accountData(descriptionType(id)));
	return described.success ? { kind: "known", id, description: described.data } : { kind: "unknown" };
}

/** Adds what this key opens to each secret; of other keys, only those named stay. */
export async function writeSecrets(
	{ server, random }: Pick<Recovery, "server" | "random">,
	{ id, key }: NamedKey,
	{ secrets, keep }: { readonly secrets: ReadonlyMap<SecretName, string>; readonly keep: readonly string[] },
): Promise<void> {
	for (const [name, secret] of secrets) {
		const before = secretSchema.safeParse(await server.accountData(name));
		const others = Object.entries(before.success ? before.data.encrypted : {}).filter(([other]) =>
			keep.includes(other),
		);
		const own = await encryptSecret({ storageKey: key, name }, secret, random);
		await server.setAccountData(name, { encrypted: { ...Object.fromEntries(others), [id]: own } });
	}
}

/** What the server has and this key opens. */
export async function readSecrets(
	server: Recovery["server"],
	{ id, key }: NamedKey,
): Promise<ReadonlyMap<SecretName, string>> {
	const found = new Map<SecretName, string>();
	for (const name of secretNames) {
		const stored = secretSchema.safeParse(await server.accountData(name));
		if (!stored.success) continue;
		const secret = await decryptSecret({ storageKey: key, name }, stored.data.encrypted[id]);
		if (secret !== undefined) found.set(name, secret);
	}
	return found;
}
