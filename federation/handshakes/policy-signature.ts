/**
 * A room may name a policy server, which signs the events that it recommends, with a key that the room's state holds. What
 * it says changes nothing about the authorization rules: an event without its signature is soft-failed, or not sent.
 * Source: Matrix v1.19 Server-Server API, "Policy Servers".
 */

import { redactJson } from "../events/redact-event.ts";
import type { RoomEvent } from "../events/room-event.ts";
import type { KeyId, ServerName } from "../identifiers/identifier-types.ts";
import { parseServerName } from "../identifiers/server-name.ts";
import { decodeBase64 } from "../json/base64.ts";
import { getObject, getString } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import { signableBytes, withSignature } from "../signing/sign-json.ts";

/** The key id of every policy server's Ed25519 signatures. */
export const policyKeyId = "ed25519:policy_server" as KeyId;

const keyBytes = 32;

/** What a room's `m.room.policy` says. It is in force while somebody of the server is joined, which the caller looks up. */
export interface RoomPolicy {
	readonly server: ServerName;
	/** Ed25519, 32 bytes. */
	readonly publicKey: Uint8Array;
}

/** Reads the content of the state event `m.room.policy` with an empty state key; undefined: it names no policy server. */
export const readRoomPolicy = (content: JsonObject | undefined): RoomPolicy | undefined => {
	if (content === undefined) return undefined;
	const server = parseServerName(getString(content, "via") ?? "");
	const publicKey = decodeBase64(getString(getObject(content, "public_keys") ?? {}, "ed25519") ?? "");
	return server === undefined || publicKey?.length !== keyBytes ? undefined : { server, publicKey };
};

/** The event that names the policy server: it is never asked about, or no room could ever choose another one. */
export const isAboveThePolicy = ({ type, stateKey }: Pick<RoomEvent, "type" | "stateKey">): boolean =>
	type === "m.room.policy" && stateKey === "";

/** An event and what its policy signature is checked with. */
export interface PolicyQuestion {
	readonly event: RoomEvent;
	readonly version: RoomVersion;
	readonly policy: RoomPolicy;
}

/** Whether the event has the policy server's signature, by the key that the room's state holds now. */
export const isPolicySigned = ({ event, version, policy }: PolicyQuestion, verifier: SignatureVerifier): boolean => {
	const signature = signatureIn(getObject(event.json, "signatures"), policy.server);
	if (signature === undefined) return false;
	return verifier.verify(policy.publicKey, signableBytes(redactJson(event.json, version)), signature);
};

/** The event with the signature that the policy server answered, beside those that it has; undefined: there is none. */
export const withPolicySignature = ({ event, policy }: PolicyQuestion, answer: JsonObject): RoomEvent | undefined => {
	const signature = signatureIn(answer, policy.server);
	if (signature === undefined) return undefined;
	return { ...event, json: withSignature(event.json, { entity: policy.server, keyId: policyKeyId, signature }) };
};

const signatureIn = (signatures: JsonObject | undefined, server: ServerName): Uint8Array | undefined =>
	decodeBase64(getString(getObject(signatures ?? {}, server) ?? {}, policyKeyId) ?? "");
