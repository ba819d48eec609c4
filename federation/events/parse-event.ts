/**
 * From a PDU to a `RoomEvent`: format, size, ids. The first check on a received event; what fails here is dropped.
 * Source: Matrix v1.19 Server-Server API, "Checks performed on receipt of a PDU", check 1.
 */
import type { EventId } from "../identifiers/identifier-types.ts";
import { roomIdOfCreate } from "../identifiers/room-id.ts";
import { CanonicalJsonError, encodeCanonicalJson } from "../json/canonical-json.ts";
import { withoutKeys } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import { isUtf8LongerThan } from "../json/utf8.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import { referenceEventId } from "../signing/reference-hash.ts";
import { signableBytes } from "../signing/sign-json.ts";
import { maxEventBytes } from "./event-limits.ts";
import { type EventRefusal, refuseEvent } from "./event-rule.ts";
import { type EventFields, readEventFields } from "./read-event-fields.ts";
import { readRedacts } from "./read-redacts.ts";
import { redactJson } from "./redact-event.ts";
import type { RoomEvent } from "./room-event.ts";

/** The event, or the rule that it broke. */
export type EventParsing = { readonly kind: "ok"; readonly event: RoomEvent } | EventRefusal;

/**
 * Checks the form of a PDU and computes its ids. `unsigned` is dropped: nobody vouches for it, and it must not decide
 * whether two servers accept the same event. Signatures and content hash are later checks.
 */
export const parseEvent = (json: JsonObject, version: RoomVersion): EventParsing => {
	const known = lately.get(json);
	if (known?.version === version) return known.parsing;
	const parsing = parse(json, version);
	lately.set(json, { version, parsing });
	return parsing;
};

/** A PDU is parsed at the door, before its checks and within them: one object has one outcome. */
const lately = new WeakMap<JsonObject, { readonly version: RoomVersion; readonly parsing: EventParsing }>();

const parse = (json: JsonObject, version: RoomVersion): EventParsing => {
	const fields = readEventFields(json, version);
	if (fields.kind === "refused") {
		return fields;
	}
	const signed = Object.hasOwn(json, "unsigned") ? withoutKeys(json, ["unsigned"]) : json;
	const tooLong = checkSize(signed);
	return tooLong ?? { kind: "ok", event: eventOf(signed, fields, { version, eventId: eventIdOf(signed, version) }) };
};

/**
 * Rebuilds an event from storage, where it was put after `parseEvent` or `buildEvent`: the id is believed, size and hash
 * are not computed again.
 * @throws Error when the stored PDU is no event of that version.
 */
export const restoreEvent = (json: JsonObject, version: RoomVersion, eventId: EventId): RoomEvent => {
	const fields = readEventFields(json, version);
	if (fields.kind === "refused") {
		throw new Error(`stored event ${eventId} breaks ${fields.rule}: ${fields.detail}`);
	}
	return eventOf(json, fields, { version, eventId });
};

/** The id of a PDU: its reference hash. Throws where the PDU has no canonical form. */
export const eventIdOf = (json: JsonObject, version: RoomVersion): EventId =>
	referenceEventId(signableBytes(redactJson(json, version)));

/** Refuses a PDU that has no canonical form or a too long one. */
export const checkSize = (json: JsonObject): EventRefusal | undefined => {
	try {
		return isUtf8LongerThan(encodeCanonicalJson(json), maxEventBytes)
			? refuseEvent("EVT-02", `longer than ${maxEventBytes} bytes`)
			: undefined;
	} catch (error) {
		if (error instanceof CanonicalJsonError) {
			return refuseEvent("EVT-01", error.message);
		}
		throw error;
	}
};

/** Puts the event together from its parts. */
export const eventOf = (
	json: JsonObject,
	fields: EventFields,
	{ version, eventId }: { readonly version: RoomVersion; readonly eventId: EventId },
): RoomEvent => ({
	eventId,
	roomId: fields.roomId ?? roomIdOfCreate(eventId),
	sender: fields.sender,
	type: fields.type,
	stateKey: fields.stateKey,
	content: fields.content,
	prevEvents: fields.prevEvents,
	authEvents: fields.authEvents,
	depth: fields.depth,
	originServerTs: fields.originServerTs,
	redacts: readRedacts(json, version),
	json,
});
