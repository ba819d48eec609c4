/**
 * The room versions that this library understands, each one "the previous plus changes".
 * Source: Matrix v1.19, "Room Versions", the pages of versions 6 to 12.
 */
import type { RoomVersion, RoomVersionId } from "./room-version.ts";

const v6: RoomVersion = Object.freeze({
	id: "6",
	knocking: false,
	restrictedJoins: false,
	redactionKeepsAuthorisedVia: false,
	knockRestricted: false,
	integerPowerLevels: false,
	creatorIsSender: false,
	redactsInContent: false,
	redactionV11: false,
	roomIdIsCreateHash: false,
	privilegedCreators: false,
	stateResolution: "v2",
});
const v7: RoomVersion = Object.freeze({ ...v6, id: "7", knocking: true });
const v8: RoomVersion = Object.freeze({ ...v7, id: "8", restrictedJoins: true });
const v9: RoomVersion = Object.freeze({ ...v8, id: "9", redactionKeepsAuthorisedVia: true });
const v10: RoomVersion = Object.freeze({ ...v9, id: "10", knockRestricted: true, integerPowerLevels: true });
const v11: RoomVersion = Object.freeze({
	...v10,
	id: "11",
	creatorIsSender: true,
	redactsInContent: true,
	redactionV11: true,
});
const v12: RoomVersion = Object.freeze({
	...v11,
	id: "12",
	roomIdIsCreateHash: true,
	privilegedCreators: true,
	stateResolution: "v2.1",
});

/** Every understood room version by its id. */
export const roomVersions: Readonly<Record<RoomVersionId, RoomVersion>> = Object.freeze({
	"6": v6,
	"7": v7,
	"8": v8,
	"9": v9,
	"10": v10,
	"11": v11,
	"12": v12,
});

/** The version of rooms that are made without a wish for another one. */
export const defaultRoomVersionId: RoomVersionId = "12";

/** The version of that id; `undefined` when it is not understood (unstable and future versions, or 1 to 5). */
export const roomVersion = (id: string): RoomVersion | undefined =>
	Object.hasOwn(roomVersions, id) ? roomVersions[id as RoomVersionId] : undefined;
