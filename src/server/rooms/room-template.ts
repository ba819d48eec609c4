import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import type { RoomVersion } from "../../../federation/room-versions/room-version.ts";

/** The levels that roles stand for. An owner is a creator, above every number, or 100 before version 12. */
export const roleLevels = { admin: 100, moderator: 50, member: 0 } as const;

/** The power levels a new room begins with. Matrix v1.19 Client-Server API, "m.room.power_levels". */
export const initialPowerLevels = (
	version: RoomVersion,
	room: { readonly owners: readonly UserId[]; readonly isSpace?: boolean },
): JsonObject => ({
	users: version.privilegedCreators ? {} : Object.fromEntries(room.owners.map((userId) => [userId, 100])),
	users_default: 0,
	events: {
		"m.room.name": 50,
		"m.room.topic": 50,
		"m.room.avatar": 50,
		"m.room.canonical_alias": 50,
		"m.room.power_levels": 100,
		"m.room.history_visibility": 100,
		"m.room.join_rules": 100,
		"m.room.encryption": 100,
		"m.room.server_acl": 100,
		// Handing a version 12 room over is its creators' alone.
		"m.room.tombstone": version.privilegedCreators ? 150 : 100,
	},
	// Nobody writes in a space: what is said is said in its rooms.
	events_default: room.isSpace === true ? 100 : 0,
	state_default: 50,
	ban: 50,
	kick: 50,
	redact: 50,
	invite: 0,
	notifications: { room: 50 },
});

/** The content of the create event. From version 12 everybody of a direct chat is its creator: neither outranks the other. */
export const createContent = (
	version: RoomVersion,
	room: {
		readonly creatorId: UserId;
		readonly additionalCreators: readonly UserId[];
		readonly predecessor: JsonObject | undefined;
		readonly isSpace?: boolean;
	},
): JsonObject => ({
	room_version: version.id,
	...(version.creatorIsSender ? {} : { creator: room.creatorId }),
	...(version.privilegedCreators && room.additionalCreators.length > 0
		? { additional_creators: room.additionalCreators }
		: {}),
	...(room.isSpace === true ? { type: "m.space" } : {}),
	...(room.predecessor === undefined ? {} : { predecessor: room.predecessor }),
});
