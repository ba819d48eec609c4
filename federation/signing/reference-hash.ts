/**
 * The reference hash names an event: it covers what no redaction takes away, the content hash included.
 * Source: Matrix v1.19 Server-Server API, "Calculating the reference hash for an event".
 */
import { sha256 } from "@noble/hashes/sha2.js";
import type { EventId } from "../identifiers/identifier-types.ts";
import { encodeBase64Url } from "../json/base64.ts";

/**
 * The event id of room versions 4 and later.
 * @param signedBytes `signableBytes` of the redacted event: what the hash covers is exactly what the signatures cover.
 */
export const referenceEventId = (signedBytes: Uint8Array): EventId =>
	`$${encodeBase64Url(sha256(signedBytes))}` as EventId;
