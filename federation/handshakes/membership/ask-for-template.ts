/**
 * The first half of joining, leaving and knocking, asking side: another server proposes where the event goes in the room,
 * and this server makes it. Of the proposal only the place is used (version, previous and auth events, depth), and for a
 * restricted join who authorises it: what the event says comes from here, so nothing is signed that was not meant.
 * Matrix v1.19 Server-Server API, "Joining Rooms", "Leaving Rooms", "Knocking upon a room"; SPEC.md, "Membership".
 */
import { hashAndSignEvent } from "../../events/hash-and-sign-event.ts";
import { parseEvent } from "../../events/parse-event.ts";
import type { RoomEvent } from "../../events/room-event.ts";
import type { RoomId, ServerName, UserId } from "../../identifiers/identifier-types.ts";
import { parseUserId, userIdServer } from "../../identifiers/user-id.ts";
import { CanonicalJsonError } from "../../json/canonical-json.ts";
import { getObject, getString, getValue, isJsonArray, jsonObject, withKey } from "../../json/json-object.ts";
import type { JsonObject } from "../../json/json-value.ts";
import type { RoomVersion } from "../../room-versions/room-version.ts";
import { roomVersion } from "../../room-versions/room-versions.ts";
import { type AskingPorts, type HandshakeFailure, misbehaved } from "./asking.ts";
import { knowsMembership, makeUri, type WishedMembership } from "./membership-uris.ts";

/** Who wants to become what, through which server. */
export interface MembershipWish {
	readonly server: ServerName;
	readonly roomId: RoomId;
	readonly userId: UserId;
	readonly membership: WishedMembership;
	/** What the event says besides the membership: name, picture, reason. */
	readonly content: JsonObject;
	/** Milliseconds since the Unix epoch. */
	readonly originServerTs: number;
	/** How long each request may take; left out: as long as the transport lets it. */
	readonly timeoutMs?: number;
}

/** The event, signed by this server, and the version of the room that it is for. */
export interface SignedWish {
	readonly kind: "signed";
	readonly event: RoomEvent;
	readonly version: RoomVersion;
}

/** Asks for a place in the room and makes the event. */
export const askForTemplate = async (
	{ transport, signer }: Pick<AskingPorts, "transport" | "signer">,
	wish: MembershipWish,
): Promise<SignedWish | HandshakeFailure> => {
	const { server, roomId, userId, membership, timeoutMs } = wish;
	const patience = timeoutMs === undefined ? {} : { timeoutMs };
	const uri = makeUri(membership, roomId, userId);
	const answer = await transport.request(server, { method: "GET", uri, ...patience });
	if (answer.kind === "refused" && answer.errcode === "M_INCOMPATIBLE_ROOM_VERSION") {
		return { kind: "versionNotSupported", version: "unknown" };
	}
	if (answer.kind !== "answered") return answer;
	// A room without a version is of version 1.
	const versionId = getString(answer.content, "room_version") ?? "1";
	const version = roomVersion(versionId);
	if (version === undefined || !knowsMembership(membership, version)) {
		return { kind: "versionNotSupported", version: versionId };
	}
	const template = getObject(answer.content, "event");
	if (template === undefined) return misbehaved("MEM-TEMPLATE", "the answer has no event");
	const foreign = foreignMember(template, wish);
	if (foreign !== undefined) return misbehaved("MEM-TEMPLATE", `the template's ${foreign} is not what was asked for`);
	const content = contentOf(template, wish, version);
	if (content === undefined)
		return misbehaved("MEM-TEMPLATE", "the template names an authorising user of another server");
	return signTemplate({ template, content, wish, version }, signer);
};

/** The member of the template that is for something else, if there is one. */
const foreignMember = (template: JsonObject, { roomId, userId, membership }: MembershipWish): string | undefined => {
	const expected = { type: "m.room.member", room_id: roomId, sender: userId, state_key: userId };
	const wrong = Object.entries(expected).find(([key, value]) => getValue(template, key) !== value);
	if (wrong !== undefined) return wrong[0];
	const content = getObject(template, "content");
	return content !== undefined && getValue(content, "membership") === membership ? undefined : "membership";
};

/** Undefined: the template names somebody as authorising who is not of the server that could sign for them. */
const contentOf = (
	template: JsonObject,
	{ content, membership, server }: MembershipWish,
	version: RoomVersion,
): JsonObject | undefined => {
	const own = withKey(content, "membership", membership);
	const key = "join_authorised_via_users_server";
	const named = getValue(getObject(template, "content") ?? jsonObject(), key);
	if (membership !== "join" || !version.restrictedJoins || named === undefined) return own;
	const authoriser = typeof named === "string" ? parseUserId(named) : undefined;
	return authoriser !== undefined && userIdServer(authoriser) === server ? withKey(own, key, authoriser) : undefined;
};

const signTemplate = (
	made: {
		readonly template: JsonObject;
		readonly content: JsonObject;
		readonly wish: MembershipWish;
		readonly version: RoomVersion;
	},
	signer: AskingPorts["signer"],
): SignedWish | HandshakeFailure => {
	const { template, content, wish, version } = made;
	const prevEvents = getValue(template, "prev_events");
	const authEvents = getValue(template, "auth_events");
	const depth = getValue(template, "depth");
	if (!isJsonArray(prevEvents) || prevEvents.length === 0 || !isJsonArray(authEvents) || depth === undefined) {
		return misbehaved("MEM-TEMPLATE", "the template has no place in the room");
	}
	const proto = jsonObject([
		["auth_events", authEvents],
		["content", content],
		["depth", depth],
		["origin_server_ts", wish.originServerTs],
		["prev_events", prevEvents],
		["room_id", wish.roomId],
		["sender", wish.userId],
		["state_key", wish.userId],
		["type", "m.room.member"],
	]);
	try {
		const parsed = parseEvent(hashAndSignEvent(proto, version, signer).json, version);
		return parsed.kind === "ok"
			? { kind: "signed", event: parsed.event, version }
			: misbehaved("MEM-TEMPLATE", `${parsed.rule}: ${parsed.detail}`);
	} catch (error) {
		if (error instanceof CanonicalJsonError) return misbehaved("MEM-TEMPLATE", error.message);
		throw error;
	}
};
