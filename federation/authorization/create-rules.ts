/**
 * The rules of `m.room.create`, which need no state: the create event is the root of the room.
 * Source: Matrix v1.19, "Authorization rules" rule 1 of every room version.
 */
import type { RoomEvent } from "../events/room-event.ts";
import { roomIdServer } from "../identifiers/room-id.ts";
import { parseUserId, userIdServer } from "../identifiers/user-id.ts";
import { isJsonArray } from "../json/json-object.ts";
import type { JsonValue } from "../json/json-value.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import { roomVersion } from "../room-versions/room-versions.ts";
import { type AuthDecision, allowed, refused } from "./auth-decision.ts";

/** Decides on a create event by itself. */
export const authorizeCreate = (event: RoomEvent, version: RoomVersion): AuthDecision => {
	if (event.prevEvents.length > 0) return refused("AUTH-CREATE-PREV-EVENTS", "a create event has prev events");
	if (version.roomIdIsCreateHash) {
		if (Object.hasOwn(event.json, "room_id")) return refused("AUTH-CREATE-ROOM-ID", "a create event names a room id");
	} else if (roomIdServer(event.roomId) !== userIdServer(event.sender)) {
		return refused("AUTH-CREATE-ROOM-DOMAIN", "the room id and the sender are of different servers");
	}
	const { content } = event;
	if (Object.hasOwn(content, "room_version") && !isKnownVersion(content["room_version"])) {
		return refused("AUTH-CREATE-VERSION", "the room version is not recognised");
	}
	if (!version.creatorIsSender && !Object.hasOwn(content, "creator")) {
		return refused("AUTH-CREATE-CREATOR", "the create event has no creator");
	}
	if (
		version.privilegedCreators &&
		Object.hasOwn(content, "additional_creators") &&
		!isListOfUserIds(content["additional_creators"])
	) {
		return refused("AUTH-CREATE-ADDITIONAL", "additional_creators is not a list of user ids");
	}
	return allowed;
};

const isKnownVersion = (value: JsonValue | undefined): boolean =>
	typeof value === "string" && roomVersion(value) !== undefined;

const isListOfUserIds = (value: JsonValue | undefined): boolean =>
	isJsonArray(value) && value.every((entry) => typeof entry === "string" && parseUserId(entry) !== undefined);
