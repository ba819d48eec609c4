import { buildKeyDocument, type OwnKeys } from "../../../../federation/handshakes/key-document.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { Clock } from "../../../../federation/ports/clock.ts";

const hourMs = 3_600_000;
/** How long others may keep the document, and how much of it is left when it is made anew. */
const lifetimeMs = 24 * hourMs;
const leastLeftMs = 12 * hourMs;

/** The document in which this server publishes its keys, signed now and then anew. */
export const createOwnDocument = (keys: OwnKeys, clock: Clock): (() => JsonObject) => {
	let document: JsonObject = {};
	let validUntilTs = Number.NEGATIVE_INFINITY;
	return () => {
		const now = clock.now();
		if (validUntilTs - now < leastLeftMs || validUntilTs - now > lifetimeMs) {
			validUntilTs = now + lifetimeMs;
			document = buildKeyDocument(keys, validUntilTs);
		}
		return document;
	};
};
