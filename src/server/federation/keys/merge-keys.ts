import type { WantedKey } from "../../../../federation/ports/server-keys.ts";
import { isKeyValidAt, keyValidUntil } from "../../../../federation/signing/key-validity.ts";
import type { KnownKeys } from "./key-store.ts";

/** What a server says of its keys replaces what was known of them; keys that it leaves out stay, with their end. */
export const withOwnWord = (known: KnownKeys, said: KnownKeys): KnownKeys => new Map([...known, ...said]);

/**
 * A notary's word adds keys that nobody knew and prolongs those that are known in the same bytes. It replaces none, and
 * makes no old key one in use.
 */
export const withNotaryWord = (known: KnownKeys, said: KnownKeys): KnownKeys => {
	const merged = new Map(known);
	for (const [keyId, key] of said) {
		const before = known.get(keyId);
		const isSame = before !== undefined && sameBytes(before.publicKey, key.publicKey) && before.kind === key.kind;
		if (before === undefined || (isSame && keyValidUntil(key) > keyValidUntil(before))) merged.set(keyId, key);
	}
	return merged;
};

/** The keys that are not known, or end before the time that they should cover. An old key's end never moves. */
export const lackingKeys = (known: KnownKeys, wanted: readonly WantedKey[]): readonly WantedKey[] =>
	wanted.filter(({ keyId, validAtTs }) => {
		const key = known.get(keyId);
		return key === undefined || (key.kind === "current" && !isKeyValidAt(key, validAtTs));
	});

const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
	one.length === other.length && one.every((byte, index) => byte === other[index]);
