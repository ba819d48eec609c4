/**
 * Whose signatures an event needs. Source: Matrix v1.19 Server-Server API, "Validating hashes and signatures on received
 * events"; room version 8, authorization rule 4.2.
 */
import type { ServerName, UserId } from "../identifiers/identifier-types.ts";
import { parseUserId, userIdServer } from "../identifiers/user-id.ts";
import { getString, getValue } from "../json/json-object.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import type { RoomEvent } from "./room-event.ts";

/**
 * The servers that must have signed the event: the sender's, unless it turns a third-party invite into an invite, and
 * for a membership that names an authorising user, that user's.
 */
export const requiredSigners = (event: RoomEvent, version: RoomVersion): readonly ServerName[] => {
	const servers = new Set<ServerName>();
	if (!isThirdPartyInvite(event)) {
		servers.add(userIdServer(event.sender));
	}
	const authoriser = authorisingUser(event, version);
	if (authoriser !== undefined && authoriser !== "malformed") {
		servers.add(userIdServer(authoriser));
	}
	return [...servers];
};

/** The user whose server lets a restricted join pass; "malformed" when the member is there but holds no user id. */
export const authorisingUser = (event: RoomEvent, version: RoomVersion): UserId | "malformed" | undefined => {
	const key = "join_authorised_via_users_server";
	if (!version.restrictedJoins || event.type !== "m.room.member" || !Object.hasOwn(event.content, key)) {
		return undefined;
	}
	return parseUserId(getString(event.content, key) ?? "") ?? "malformed";
};

/** The sender of such an invite must be the one of the third-party invite, whose server need not be the one that sends. */
const isThirdPartyInvite = (event: RoomEvent): boolean =>
	event.type === "m.room.member" &&
	getString(event.content, "membership") === "invite" &&
	getValue(event.content, "third_party_invite") !== undefined;
