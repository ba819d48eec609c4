/**
 * What a room version decides, as data. Each version is the previous one plus changes; code asks for a flag, never for
 * a number. Source: Matrix v1.19, "Room Versions".
 */
export type RoomVersionId = "6" | "7" | "8" | "9" | "10" | "11" | "12";

export interface RoomVersion {
	readonly id: RoomVersionId;
	/** v7: `knock` is a join rule and a membership. */
	readonly knocking: boolean;
	/** v8: join rule `restricted` and `join_authorised_via_users_server`. */
	readonly restrictedJoins: boolean;
	/** v9: redaction keeps `join_authorised_via_users_server`. */
	readonly redactionKeepsAuthorisedVia: boolean;
	/** v10: join rule `knock_restricted`. */
	readonly knockRestricted: boolean;
	/** v10: power levels must be JSON integers; before, strings that hold an integer pass. */
	readonly integerPowerLevels: boolean;
	/** v11: the creator is the sender of `m.room.create`; before, `content.creator` is required. */
	readonly creatorIsSender: boolean;
	/** v11: `redacts` is in the content of `m.room.redaction`. */
	readonly redactsInContent: boolean;
	/** v11: the redaction algorithm of that version. */
	readonly redactionV11: boolean;
	/** v12: the room id is the hash of the create event, which has no `room_id` and is in no `auth_events`. */
	readonly roomIdIsCreateHash: boolean;
	/** v12: creators stand above every power level and are not listed in `users`. */
	readonly privilegedCreators: boolean;
	/** v12: state resolution v2.1. */
	readonly stateResolution: "v2" | "v2.1";
}
