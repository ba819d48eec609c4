/**
 * The content hash covers the whole event as its sender wrote it; a receiver that finds another hash was given a
 * redacted or altered copy. Source: Matrix v1.19 Server-Server API, "Calculating the content hash for an event".
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { decodeBase64 } from "../json/base64.ts";
import { canonicalJsonBytes } from "../json/canonical-json.ts";
import { getObject, getString, withoutKeys } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";

const notHashed = ["hashes", "signatures", "unsigned"] as const;

/** SHA-256 of the event without `hashes`, `signatures` and `unsigned`. Throws where the event has no canonical form. */
export const contentHash = (json: JsonObject): Uint8Array => sha256(canonicalJsonBytes(withoutKeys(json, notHashed)));

/** True when `hashes.sha256` of the event is its content hash; an absent or undecodable one does not match. */
export const contentHashMatches = (json: JsonObject): boolean => {
	const hashes = getObject(json, "hashes");
	const claimed = decodeBase64((hashes && getString(hashes, "sha256")) ?? "");
	if (claimed === undefined || claimed.length !== 32) {
		return false;
	}
	const actual = contentHash(json);
	return claimed.every((byte, index) => byte === actual[index]);
};
