/**
 * Inviting somebody of another server, asking side: the invitation is made and signed here, the other server signs it too
 * if it lets its person be invited. Of the answer only that signature is taken.
 * Matrix v1.19 Server-Server API, "Inviting to a room"; SPEC.md, "Membership".
 */

import { redactJson } from "../../events/redact-event.ts";
import type { RoomEvent } from "../../events/room-event.ts";
import type { UserId } from "../../identifiers/identifier-types.ts";
import { userIdServer } from "../../identifiers/user-id.ts";
import { decodeBase64 } from "../../json/base64.ts";
import { getObject, getString, jsonObject } from "../../json/json-object.ts";
import type { JsonObject } from "../../json/json-value.ts";
import type { RoomVersion } from "../../room-versions/room-version.ts";
import { isKeyValidAt } from "../../signing/key-validity.ts";
import { signableBytes, withSignature } from "../../signing/sign-json.ts";
import { signatureKeyIds } from "../../signing/verify-json.ts";
import { type AskingPorts, type HandshakeFailure, misbehaved } from "./asking.ts";
import { inviteUri } from "./membership-uris.ts";

/** An invitation that was made here. */
export interface Invitation {
	readonly event: RoomEvent;
	readonly version: RoomVersion;
	/** See `strippedStateOf`. */
	readonly roomState: readonly JsonObject[];
}

/** Asks the invited person's server, and puts its signature on the event. */
export const askToInvite = async (
	ports: Pick<AskingPorts, "transport" | "keys" | "verifier">,
	{ event, version, roomState }: Invitation,
): Promise<{ readonly kind: "invited"; readonly event: RoomEvent } | HandshakeFailure> => {
	const server = userIdServer(event.stateKey as UserId);
	const answer = await ports.transport.request(server, {
		method: "PUT",
		uri: inviteUri(event.roomId, event.eventId),
		content: jsonObject([
			["event", event.json],
			["invite_room_state", roomState],
			["room_version", version.id],
		]),
	});
	if (answer.kind === "refused" && answer.errcode === "M_INCOMPATIBLE_ROOM_VERSION") {
		return { kind: "versionNotSupported", version: version.id };
	}
	if (answer.kind !== "answered") return answer;
	const signed = getObject(answer.content, "event") ?? jsonObject();
	const message = signableBytes(redactJson(event.json, version));
	const keyIds = signatureKeyIds(signed, server);
	const validAtTs = event.originServerTs;
	const found = await ports.keys.find(keyIds.map((keyId) => ({ server, keyId, validAtTs })));
	const ofServer = getObject(getObject(signed, "signatures") ?? jsonObject(), server) ?? jsonObject();
	for (const keyId of keyIds) {
		const key = found.keys(server, keyId);
		const signature = decodeBase64(getString(ofServer, keyId) ?? "");
		if (key === undefined || signature === undefined || !isKeyValidAt(key, validAtTs)) continue;
		if (!ports.verifier.verify(key.publicKey, message, signature)) continue;
		return {
			kind: "invited",
			event: { ...event, json: withSignature(event.json, { entity: server, keyId, signature }) },
		};
	}
	return misbehaved("MEM-INVITE-SIGNATURE", "the invited person's server did not sign the invitation");
};
