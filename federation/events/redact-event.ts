/**
 * Redaction takes from an event all that the protocol itself does not need. Ids and signatures are made over the
 * redacted form, so they survive it. Source: Matrix v1.19 Client-Server API, "Redactions", and the room versions.
 */
import { getObject, getString, jsonObject, withKey, withOnlyKeys } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import { readRedacts } from "./read-redacts.ts";
import { type RedactionRules, redactionRules } from "./redaction-rules.ts";
import type { RoomEvent } from "./room-event.ts";

/** The redacted copy of a PDU. It is the same for a PDU that is already redacted. */
export const redactJson = (json: JsonObject, version: RoomVersion): JsonObject => {
	const rules = redactionRules(version);
	const kept = withOnlyKeys(json, rules.topLevel);
	return withKey(kept, "content", redactContent(json, rules));
};

/** The redacted event; its ids are those of the original. */
export const redactEvent = (event: RoomEvent, version: RoomVersion): RoomEvent => {
	const json = redactJson(event.json, version);
	return { ...event, json, content: getObject(json, "content") ?? jsonObject(), redacts: readRedacts(json, version) };
};

const redactContent = (json: JsonObject, rules: RedactionRules): JsonObject => {
	const content = getObject(json, "content") ?? jsonObject();
	const type = getString(json, "type") ?? "";
	const keys = rules.content.get(type) ?? [];
	if (keys === "everything") {
		return content;
	}
	const kept = withOnlyKeys(content, keys);
	if (type !== "m.room.member" || !rules.keepsThirdPartySigned) {
		return kept;
	}
	const invite = getObject(content, "third_party_invite");
	return invite !== undefined ? withKey(kept, "third_party_invite", withOnlyKeys(invite, ["signed"])) : kept;
};
