/**
 * The signature that redeems a third-party invite: the identity server signed which user an address belongs to, with a
 * key that the invitation names.
 * Source: Matrix v1.19, "Authorization rules" of room version 12, rule 5.4.1.7; Client-Server API,
 * "m.room.third_party_invite".
 */
import { decodeBase64, decodeBase64Url } from "../json/base64.ts";
import { CanonicalJsonError, canonicalJsonBytes } from "../json/canonical-json.ts";
import { getObject, getString, getValue, isJsonArray, isJsonObject, withoutKeys } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";

/**
 * Most pairs of key and signature that are tried. An identity server names two keys and signs once; an event full of
 * keys and signatures must not keep a server busy for minutes.
 */
const maxAttempts = 64;

const keyBytes = 32;
const signatureBytes = 64;

/** True when any Ed25519 signature of `signed` verifies with any key in the content of the third-party invite. */
export const isSignedByInviteKey = (
	signed: JsonObject,
	inviteContent: JsonObject,
	verifier: SignatureVerifier,
): boolean => {
	const keys = [...publicKeys(inviteContent)];
	const signatures = [...ed25519Signatures(signed)];
	if (keys.length === 0 || signatures.length === 0 || keys.length * signatures.length > maxAttempts) return false;
	const message = signedBytes(signed);
	if (message === undefined) return false;
	return keys.some((key) => signatures.some((signature) => verifier.verify(key, message, signature)));
};

/** `undefined` for what has no canonical form; events that passed the format check always have one. */
const signedBytes = (signed: JsonObject): Uint8Array | undefined => {
	try {
		return canonicalJsonBytes(withoutKeys(signed, ["signatures", "unsigned"]));
	} catch (error) {
		if (error instanceof CanonicalJsonError) return undefined;
		throw error;
	}
};

const publicKeys = function* (content: JsonObject): Generator<Uint8Array> {
	const texts = [getString(content, "public_key")];
	const list = getValue(content, "public_keys");
	if (isJsonArray(list)) {
		for (const entry of list) texts.push(isJsonObject(entry) ? getString(entry, "public_key") : undefined);
	}
	for (const text of new Set(texts)) {
		const key = text === undefined ? undefined : (decodeBase64(text) ?? decodeBase64Url(text));
		if (key?.length === keyBytes) yield key;
	}
};

const ed25519Signatures = function* (signed: JsonObject): Generator<Uint8Array> {
	const servers = getObject(signed, "signatures") ?? {};
	for (const server of Object.keys(servers)) {
		const byKey = getObject(servers, server) ?? {};
		for (const keyId of Object.keys(byKey)) {
			const text = keyId.startsWith("ed25519:") ? getString(byKey, keyId) : undefined;
			const signature = text === undefined ? undefined : decodeBase64(text);
			if (signature?.length === signatureBytes) yield signature;
		}
	}
};
