import type { KeyId, ServerName } from "../identifiers/identifier-types.ts";
import type { KeyLookup } from "../signing/key-validity.ts";

/** A key that is wanted to check a signature. */
export interface WantedKey {
	readonly server: ServerName;
	readonly keyId: KeyId;
	/** The `origin_server_ts` that the key should cover: one that ends earlier is asked for again. Milliseconds. */
	readonly validAtTs: number;
}

/** What is known of the wanted keys. */
export interface FoundKeys {
	readonly keys: KeyLookup;
	/** Servers whose keys could not be asked for now: a later try may find them. */
	readonly unreachable: ReadonlySet<ServerName>;
}

/** Other servers' signing keys, cached, from the servers themselves or notaries. */
export interface ServerKeys {
	/** Finds keys, fetching what is lacking. Never fails: what cannot be had is not in the answer. */
	find(wanted: readonly WantedKey[]): Promise<FoundKeys>;
}
