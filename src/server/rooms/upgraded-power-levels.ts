import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { getInteger, getObject, jsonObject, withKey, withoutKeys } from "../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import type { RoomVersion } from "../../../federation/room-versions/room-version.ts";

/**
 * The power levels of an upgraded room. From version 12 creators may not be listed, and the tombstone is theirs alone;
 * before, the creators hold 100.
 */
export const withUpgradedLevels = (
	levels: JsonObject,
	room: { readonly creators: readonly UserId[]; readonly version: RoomVersion },
): JsonObject => {
	const users = withoutKeys(getObject(levels, "users") ?? jsonObject(), room.creators);
	const events = getObject(levels, "events") ?? jsonObject();
	if (room.version.privilegedCreators) {
		return withKey(withKey(levels, "users", users), "events", withKey(events, "m.room.tombstone", 150));
	}
	const owners = room.creators.reduce((listed, userId) => withKey(listed, userId, 100), users);
	return withKey(withKey(levels, "users", owners), "events", withKey(events, "m.room.tombstone", 100));
};

/** The old room's levels after an upgrade: ordinary members no longer write or invite there. */
export const withRaisedDefaults = (levels: JsonObject): JsonObject => {
	const raised = Math.max(50, (getInteger(levels, "users_default") ?? 0) + 1);
	return ["events_default", "invite"].reduce(
		(changed, key) => withKey(changed, key, Math.max(raised, getInteger(changed, key) ?? 0)),
		levels,
	);
};
