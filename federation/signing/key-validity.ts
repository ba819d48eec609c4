/**
 * When a server's key may have signed an event. A published key counts until the time it claims, but never longer than
 * seven days after it was fetched, so that a stolen key cannot be published with a distant end.
 * Source: Matrix v1.19, room version 5, "Signing key validity period"; Server-Server API, "Publishing Keys".
 */
import type { KeyId, ServerName } from "../identifiers/identifier-types.ts";

/** Seven days in milliseconds. */
export const longestKeyTrustMs = 7 * 24 * 60 * 60 * 1000;

/** A server's public key as it was published; times in milliseconds since the Unix epoch. */
export type ServerKey =
	| {
			/** From `verify_keys`. */
			readonly kind: "current";
			readonly publicKey: Uint8Array;
			readonly validUntilTs: number;
			/** When this server fetched it. */
			readonly receivedTs: number;
	  }
	| {
			/** From `old_verify_keys`: for events up to `expiredTs` and for nothing else. */
			readonly kind: "old";
			readonly publicKey: Uint8Array;
			readonly expiredTs: number;
	  };

/** The last moment, inclusive, at which an event signed by the key may have been made. */
export const keyValidUntil = (key: ServerKey): number =>
	key.kind === "current" ? Math.min(key.validUntilTs, key.receivedTs + longestKeyTrustMs) : key.expiredTs;

/** True when the key covers an event of that `origin_server_ts`. */
export const isKeyValidAt = (key: ServerKey, originServerTs: number): boolean => keyValidUntil(key) >= originServerTs;

/** The keys that are at hand, fetched before the check. */
export type KeyLookup = (server: ServerName, keyId: KeyId) => ServerKey | undefined;
