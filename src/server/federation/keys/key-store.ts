import type { KeyId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { ServerKey } from "../../../../federation/signing/key-validity.ts";

/** The keys of one server by their ids. */
export type KnownKeys = ReadonlyMap<KeyId, ServerKey>;

/** Other servers' keys, kept for good: signatures on old events are checked with them. */
export interface KeyStore {
	load(server: ServerName): Promise<KnownKeys>;
	/** Puts keys in the place of those with the same ids. */
	save(server: ServerName, keys: KnownKeys): Promise<void>;
}
