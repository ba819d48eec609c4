/** Where a redaction names its target. Source: Matrix v1.19, room version 11, "Moving the `redacts` property". */
import { parseEventId } from "../identifiers/event-id.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import { getObject, getString } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";

/**
 * The event that an `m.room.redaction` names; `undefined` for other types and where no event id stands. Such a
 * redaction is a valid event that redacts nothing.
 */
export const readRedacts = (json: JsonObject, version: RoomVersion): EventId | undefined => {
	if (getString(json, "type") !== "m.room.redaction") {
		return undefined;
	}
	const holder = version.redactsInContent ? getObject(json, "content") : json;
	return parseEventId((holder && getString(holder, "redacts")) ?? "");
};
