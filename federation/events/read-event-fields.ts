/**
 * The format check of a PDU: every member that the protocol reads, with its kind and limits; unknown members pass, they
 * are signed. Source: Matrix v1.19, "Event format" of the room versions 6, 11 and 12; Client-Server API, "Size limits".
 */
import { parseEventId } from "../identifiers/event-id.ts";
import { fitsIdentifier } from "../identifiers/identifier-length.ts";
import type { EventId, RoomId, UserId } from "../identifiers/identifier-types.ts";
import { isHashedRoomId, parseRoomId } from "../identifiers/room-id.ts";
import { parseUserId } from "../identifiers/user-id.ts";
import { getInteger, getObject, getString, getValue, isJsonArray, isJsonObject } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import { maxAuthEvents, maxPrevEvents } from "./event-limits.ts";
import { type EventRefusal, refuseEvent } from "./event-rule.ts";

/** The members of a PDU; what `RoomEvent` derives from hashes is not among them. */
export interface EventFields {
	readonly kind: "ok";
	/** `undefined` for the create event of version 12, whose room id is its own hash. */
	readonly roomId: RoomId | undefined;
	readonly sender: UserId;
	readonly type: string;
	readonly stateKey: string | undefined;
	readonly content: JsonObject;
	readonly prevEvents: readonly EventId[];
	readonly authEvents: readonly EventId[];
	readonly depth: number;
	readonly originServerTs: number;
}

/** Reads and checks the members of a PDU. */
export const readEventFields = (json: JsonObject, version: RoomVersion): EventFields | EventRefusal => {
	const type = getString(json, "type");
	const content = getObject(json, "content");
	const originServerTs = getInteger(json, "origin_server_ts");
	if (type === undefined || content === undefined || originServerTs === undefined) {
		return refuseEvent("EVT-03", "type, content or origin_server_ts is missing or of the wrong kind");
	}
	if (!hasHash(json) || !hasSignatures(json)) {
		return refuseEvent("EVT-03", "hashes or signatures is missing or of the wrong kind");
	}
	const sender = parseUserId(getString(json, "sender") ?? "");
	if (sender === undefined) {
		return refuseEvent("EVT-04", "sender is no user id");
	}
	if (!fitsIdentifier(type) || type.includes("\u0000")) {
		return refuseEvent("EVT-07", "type is too long or holds a NUL");
	}
	const stateKey = getString(json, "state_key");
	if (Object.hasOwn(json, "state_key") && (stateKey === undefined || !fitsIdentifier(stateKey))) {
		return refuseEvent("EVT-08", "state_key is no string or too long");
	}
	const prevEvents = readEventIds(json, "prev_events", maxPrevEvents);
	const authEvents = readEventIds(json, "auth_events", maxAuthEvents);
	if (prevEvents === undefined || authEvents === undefined) {
		return refuseEvent("EVT-09", "prev_events or auth_events is too long or holds something else than event ids");
	}
	const depth = getInteger(json, "depth");
	if (depth === undefined || depth < 0) {
		return refuseEvent("EVT-10", "depth is no integer from 0 to 2^53-1");
	}
	const room = readRoomId(json, type, version);
	if (room.kind === "refused") {
		return room;
	}
	const { roomId } = room;
	return { kind: "ok", roomId, sender, type, stateKey, content, prevEvents, authEvents, depth, originServerTs };
};

const readRoomId = (
	json: JsonObject,
	type: string,
	version: RoomVersion,
): { readonly kind: "ok"; readonly roomId: RoomId | undefined } | EventRefusal => {
	if (version.roomIdIsCreateHash && type === "m.room.create") {
		return Object.hasOwn(json, "room_id")
			? refuseEvent("EVT-06", "the create event has a room_id")
			: { kind: "ok", roomId: undefined };
	}
	const roomId = parseRoomId(getString(json, "room_id") ?? "");
	return roomId === undefined || isHashedRoomId(roomId) !== version.roomIdIsCreateHash
		? refuseEvent("EVT-05", `room_id is no room id of version ${version.id}`)
		: { kind: "ok", roomId };
};

const readEventIds = (json: JsonObject, key: string, most: number): readonly EventId[] | undefined => {
	const values = getValue(json, key);
	if (!isJsonArray(values) || values.length > most) {
		return undefined;
	}
	const ids = values.flatMap((value) => (typeof value === "string" ? (parseEventId(value) ?? []) : []));
	return ids.length === values.length ? ids : undefined;
};

const hasHash = (json: JsonObject): boolean => {
	const hashes = getObject(json, "hashes");
	return hashes !== undefined && getString(hashes, "sha256") !== undefined;
};

const hasSignatures = (json: JsonObject): boolean => {
	const signatures = getObject(json, "signatures");
	return (
		signatures !== undefined &&
		Object.values(signatures).every(
			(ofEntity) =>
				isJsonObject(ofEntity) && Object.values(ofEntity).every((signature) => typeof signature === "string"),
		)
	);
};
