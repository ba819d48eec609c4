/**
 * Hashes and signatures of outgoing events. One encoding of the redacted event serves both its signature and its id.
 * Source: Matrix v1.19 Server-Server API, "Adding hashes and signatures to outgoing events".
 */
import type { EventId } from "../identifiers/identifier-types.ts";
import { encodeBase64 } from "../json/base64.ts";
import { jsonObject, withKey, withoutKeys } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { Signer } from "../ports/signer.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import { contentHash } from "../signing/content-hash.ts";
import { referenceEventId } from "../signing/reference-hash.ts";
import { signableBytes, withSignature } from "../signing/sign-json.ts";
import { redactJson } from "./redact-event.ts";
import type { RoomEvent } from "./room-event.ts";

/**
 * Hashes and signs a PDU in the signer's name. Former `hashes`, `signatures` and `unsigned` are dropped.
 * @throws CanonicalJsonError when the PDU has no canonical form.
 */
export const hashAndSignEvent = (
	proto: JsonObject,
	version: RoomVersion,
	signer: Signer,
): { readonly json: JsonObject; readonly eventId: EventId } => {
	const bare = withoutKeys(proto, ["hashes", "signatures", "unsigned"]);
	const hashed = withKey(bare, "hashes", jsonObject([["sha256", encodeBase64(contentHash(bare))]]));
	const message = signableBytes(redactJson(hashed, version));
	return {
		json: withSignature(hashed, {
			entity: signer.serverName,
			keyId: signer.keyId,
			signature: signer.sign(message),
		}),
		eventId: referenceEventId(message),
	};
};

/** The event with one more signature: an invited server's, or that of the server that authorises a restricted join. */
export const addEventSignature = (event: RoomEvent, version: RoomVersion, signer: Signer): RoomEvent => {
	const signature = signer.sign(signableBytes(redactJson(event.json, version)));
	return {
		...event,
		json: withSignature(event.json, { entity: signer.serverName, keyId: signer.keyId, signature }),
	};
};
