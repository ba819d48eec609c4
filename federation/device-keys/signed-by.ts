/** Whether an object carries a user's signature by one known key. Source: Matrix v1.19 appendices, "Checking for a Signature". */
import type { KeyId, UserId } from "../identifiers/identifier-types.ts";
import { parseKeyId } from "../identifiers/key-id.ts";
import { encodeBase64 } from "../json/base64.ts";
import { getObject, getString } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import { verifyJson } from "../signing/verify-json.ts";

/** Whose signature is looked for. */
export interface WantedSignature {
	readonly userId: UserId;
	/** What stands behind `ed25519:` in the key's id: a device id, or the key itself. */
	readonly keyName: string;
	readonly publicKey: Uint8Array;
	readonly verifier: SignatureVerifier;
}

/** True when the signature is there and verifies; signatures by other keys do not count for or against. */
export const isSignedBy = (json: JsonObject, wanted: WantedSignature): boolean => {
	const keyId = parseKeyId(`ed25519:${wanted.keyName}`);
	if (keyId === undefined) return false;
	const publicKey = (asked: KeyId): Uint8Array | undefined => (asked === keyId ? wanted.publicKey : undefined);
	return verifyJson(json, { entity: wanted.userId, publicKey, verifier: wanted.verifier }).kind === "verified";
};

/** The signature itself, as text. */
export const signatureOf = (json: JsonObject, userId: UserId, keyName: string): string | undefined =>
	getString(getObject(getObject(json, "signatures") ?? {}, userId) ?? {}, `ed25519:${keyName}`);

/** A public key as it names itself in key ids. */
export const keyNameOf = (publicKey: Uint8Array): string => encodeBase64(publicKey);
