/**
 * The signature check of a received event. Signatures cover the redacted event, so they hold for redacted copies too.
 * Source: Matrix v1.19 Server-Server API, "Checks performed on receipt of a PDU", check 2, and "Validating hashes and
 * signatures on received events".
 */
import type { KeyId, ServerName } from "../identifiers/identifier-types.ts";
import { getObject } from "../json/json-object.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import { isKeyValidAt, type KeyLookup } from "../signing/key-validity.ts";
import { signableBytes } from "../signing/sign-json.ts";
import type { SignatureCheck } from "../signing/signature-check.ts";
import { signatureKeyIds, verifySignatures } from "../signing/verify-json.ts";
import { redactJson } from "./redact-event.ts";
import { authorisingUser, requiredSigners } from "./required-signers.ts";
import type { RoomEvent } from "./room-event.ts";

/** The keys at hand and the driver that verifies. */
export interface EventSignatureContext {
	readonly version: RoomVersion;
	readonly keys: KeyLookup;
	readonly verifier: SignatureVerifier;
	/** Who must have signed; absent: those who have to by the event itself. */
	readonly signers?: readonly ServerName[];
}

/** Checks the signatures of all servers that must have signed; keys not valid at `origin_server_ts` are skipped. */
export const verifyEventSignatures = (event: RoomEvent, context: EventSignatureContext): SignatureCheck => {
	if (authorisingUser(event, context.version) === "malformed") {
		return { kind: "refused", rule: "SIG-08", detail: "join_authorised_via_users_server is no user id" };
	}
	let message: Uint8Array | undefined;
	const signedBytes = (): Uint8Array => {
		message ??= signableBytes(redactJson(event.json, context.version));
		return message;
	};
	for (const server of context.signers ?? requiredSigners(event, context.version)) {
		const check = verifySignatures(getObject(event.json, "signatures"), signedBytes, {
			entity: server,
			publicKey: (keyId) => {
				const key = context.keys(server, keyId);
				return key !== undefined && isKeyValidAt(key, event.originServerTs) ? key.publicKey : undefined;
			},
			verifier: context.verifier,
		});
		if (check.kind === "refused") {
			return check;
		}
	}
	return { kind: "verified" };
};

/** The keys that the check will ask for, so that they can be fetched first. */
export const eventSignatureKeys = (
	event: RoomEvent,
	version: RoomVersion,
	signers: readonly ServerName[] = requiredSigners(event, version),
): readonly { readonly server: ServerName; readonly keyId: KeyId }[] =>
	signers.flatMap((server) => signatureKeyIds(event.json, server).map((keyId) => ({ server, keyId })));
