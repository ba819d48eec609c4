/** Where membership is asked for at another server. Matrix v1.19 Server-Server API, "Joining", "Leaving", "Inviting", "Knocking". */
import type { EventId, RoomId, UserId } from "../../identifiers/identifier-types.ts";
import type { RoomVersion } from "../../room-versions/room-version.ts";
import { roomVersions } from "../../room-versions/room-versions.ts";

/** What somebody wants to become in a room through a server that is in it. */
export type WishedMembership = "join" | "leave" | "knock";

const path = (version: "v1" | "v2", ...parts: readonly string[]): string =>
	`/_matrix/federation/${version}/${parts.map(encodeURIComponent).join("/")}`;

/** True where the version has the membership at all. */
export const knowsMembership = (membership: WishedMembership, version: RoomVersion): boolean =>
	membership !== "knock" || version.knocking;

/** `make_…`, with the versions that this library understands. */
export const makeUri = (membership: WishedMembership, roomId: RoomId, userId: UserId): string => {
	const uri = path("v1", `make_${membership}`, roomId, userId);
	if (membership === "leave") return uri;
	const versions = Object.values(roomVersions).filter((version) => knowsMembership(membership, version));
	return `${uri}?${versions.map(({ id }) => `ver=${id}`).join("&")}`;
};

/** `send_…`. `mayOmitMembers`: of a join, whether the answer may leave memberships out. */
export const sendUri = (
	membership: WishedMembership,
	roomId: RoomId,
	{ eventId, mayOmitMembers = false }: { readonly eventId: EventId; readonly mayOmitMembers?: boolean },
): string => {
	const uri = path(membership === "knock" ? "v1" : "v2", `send_${membership}`, roomId, eventId);
	return membership === "join" ? `${uri}?omit_members=${mayOmitMembers}` : uri;
};

/** `exchange_third_party_invite`. */
export const exchangeUri = (roomId: RoomId): string => path("v1", "exchange_third_party_invite", roomId);

/** `invite`, in the form that all room versions from 3 on are asked in. */
export const inviteUri = (roomId: RoomId, eventId: EventId): string => path("v2", "invite", roomId, eventId);
