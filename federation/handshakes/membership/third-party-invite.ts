/**
 * Turning an invitation by an address into an invitation of the person whose address it is. An identity server says so
 * to that person's server (`onbind`), which asks the inviting one for the invitation (`exchange_third_party_invite`). What
 * is asked for is only read here; whether it holds, the room's rules decide (SPEC.md, "Authorization", AUTH-3PID-…).
 * Matrix v1.19 Server-Server API, "Third-party invites"; SPEC.md, "Membership".
 */
import type { RoomId, ServerName, UserId } from "../../identifiers/identifier-types.ts";
import { parseRoomId } from "../../identifiers/room-id.ts";
import { parseUserId, userIdServer } from "../../identifiers/user-id.ts";
import { getObject, getString, getValue, isJsonArray, isJsonObject, jsonObject } from "../../json/json-object.ts";
import type { JsonObject, JsonValue } from "../../json/json-value.ts";
import { forbidden, invalidParam, type Refusal, refusedBy } from "../refusal.ts";

/** An invitation by an address whose person is known by now. */
export interface BoundInvite {
	readonly roomId: RoomId;
	/** Who invited the address. */
	readonly sender: UserId;
	/** Whose address it is, as the identity server signed. */
	readonly targetId: UserId;
	/** The state key of the invitation by the address. */
	readonly token: string;
	readonly signed: JsonObject;
}

/** What another server asks for: an invitation of one of its people, in the name of one of this server's (MEM-3PID). */
export const readExchange = (
	content: JsonObject,
	asked: { readonly origin: ServerName; readonly roomId: string; readonly serverName: ServerName },
): { readonly kind: "read"; readonly invite: BoundInvite } | Refusal =>
	refusedBy("MEM-3PID", readAsked(content, asked));

const readAsked = (
	content: JsonObject,
	{ origin, roomId, serverName }: Parameters<typeof readExchange>[1],
): ReturnType<typeof readExchange> => {
	const member = getObject(content, "content") ?? jsonObject();
	if (getString(content, "type") !== "m.room.member" || getString(member, "membership") !== "invite") {
		return invalidParam("Not an invitation");
	}
	if (getString(content, "room_id") !== roomId) return invalidParam("The invitation is to another room");
	const signed = getObject(getObject(member, "third_party_invite") ?? jsonObject(), "signed");
	const invite = boundInvite({ roomId, sender: getString(content, "sender"), signed });
	if (invite === undefined) return invalidParam("The invitation names no room, sender, person or token");
	if (getString(content, "state_key") !== invite.targetId) return invalidParam("The signature is for somebody else");
	if (userIdServer(invite.targetId) !== origin) return forbidden("The person is of another server");
	if (userIdServer(invite.sender) !== serverName) return forbidden("The sender is of another server");
	return { kind: "read", invite };
};

/** What an identity server says: invitations that wait for one of this server's people, of the first `most` (MEM-3PID). */
export const readBoundInvites = (
	content: JsonObject,
	{ serverName, most }: { readonly serverName: ServerName; readonly most: number },
): readonly BoundInvite[] => {
	const invites = getValue(content, "invites");
	const userId = getString(content, "mxid");
	if (!isJsonArray(invites)) return [];
	return invites.slice(0, most).flatMap((said: JsonValue): readonly BoundInvite[] => {
		if (!isJsonObject(said)) return [];
		const { roomId, sender } = { roomId: getString(said, "room_id"), sender: getString(said, "sender") };
		const invite = boundInvite({ roomId, sender, signed: getObject(said, "signed") });
		if (invite === undefined || invite.targetId !== userId) return [];
		return userIdServer(invite.targetId) === serverName ? [invite] : [];
	});
};

/** What the inviting server is asked for. The name that it shows is its own to fill in. */
export const exchangeContent = ({ roomId, sender, targetId, signed }: BoundInvite): JsonObject =>
	jsonObject([
		["type", "m.room.member"],
		["room_id", roomId],
		["sender", sender],
		["state_key", targetId],
		[
			"content",
			jsonObject([
				["membership", "invite"],
				["third_party_invite", redeemed(targetId, signed)],
			]),
		],
	]);

/** What an invitation says that stands for one by an address; `invite`: the content of that one. */
export const redeemedContent = ({ targetId, signed }: BoundInvite, invite: JsonObject): JsonObject =>
	jsonObject([["third_party_invite", redeemed(getString(invite, "display_name") ?? targetId, signed)]]);

const redeemed = (displayName: string, signed: JsonObject): JsonObject =>
	jsonObject([
		["display_name", displayName],
		["signed", signed],
	]);

const boundInvite = (said: {
	readonly roomId: string | undefined;
	readonly sender: string | undefined;
	readonly signed: JsonObject | undefined;
}): BoundInvite | undefined => {
	const { signed = jsonObject() } = said;
	const roomId = parseRoomId(said.roomId ?? "");
	const sender = parseUserId(said.sender ?? "");
	const targetId = parseUserId(getString(signed, "mxid") ?? "");
	const token = getString(signed, "token");
	if (roomId === undefined || sender === undefined || targetId === undefined || token === undefined) return undefined;
	return { roomId, sender, targetId, token, signed };
};
