/**
 * Signatures that a person adds to keys later: to their own devices, to their own master key, to the master keys of people
 * whom they know. Nobody signs for others, and nothing but the signature is new.
 * Source: Matrix v1.19 Client-Server API, "Cross-signing", `POST /keys/signatures/upload`.
 */
import type { UserId } from "../identifiers/identifier-types.ts";
import { canonicalJsonBytes } from "../json/canonical-json.ts";
import { withoutKeys } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import { type KeyRefusal, refuseKeys } from "./key-rule.ts";
import { isSignedBy, keyNameOf, signatureOf } from "./signed-by.ts";

/** What is signed: a device of one's own, one's own master key, or another's. */
export type SignedKind = "own-device" | "own-master" | "other-master";

/** The keys by which the person who uploads can sign. */
export interface SigningKeys {
	readonly selfSigning: Uint8Array | undefined;
	readonly userSigning: Uint8Array | undefined;
	/** By device id. */
	readonly devices: ReadonlyMap<string, Uint8Array>;
}

export interface UploadedSignature {
	readonly signerId: UserId;
	readonly kind: SignedKind;
	/** As it was uploaded, with the new signatures. */
	readonly uploaded: JsonObject;
	/** The keys as this server has them. */
	readonly stored: JsonObject;
	readonly signing: SigningKeys;
	readonly verifier: SignatureVerifier;
}

/** A signature that verified. */
export interface AddedSignature {
	/** What stands behind `ed25519:`. */
	readonly keyName: string;
	readonly signature: string;
}

/** The signatures that are good (DEV-08); at least one, or a refusal. */
export const checkUploadedSignature = (
	upload: UploadedSignature,
): { readonly kind: "ok"; readonly added: readonly AddedSignature[] } | KeyRefusal => {
	const { signerId, uploaded, stored, verifier } = upload;
	if (!isSameBesideSignatures(uploaded, stored)) {
		return refuseKeys("DEV-08", "what was signed is not what this server has");
	}
	const added: AddedSignature[] = [];
	for (const [keyName, publicKey] of signersOf(upload)) {
		const signature = signatureOf(uploaded, signerId, keyName);
		if (signature === undefined) continue;
		if (!isSignedBy(uploaded, { userId: signerId, keyName, publicKey, verifier })) {
			return refuseKeys("DEV-08", "a signature does not verify");
		}
		added.push({ keyName, signature });
	}
	return added.length === 0 ? refuseKeys("DEV-08", "no key that may sign this did") : { kind: "ok", added };
};

const signersOf = ({ kind, signing }: UploadedSignature): readonly (readonly [string, Uint8Array])[] => {
	switch (kind) {
		case "own-device":
			return byItself(signing.selfSigning);
		case "other-master":
			return byItself(signing.userSigning);
		case "own-master":
			return [...signing.devices];
	}
};

const byItself = (publicKey: Uint8Array | undefined): readonly (readonly [string, Uint8Array])[] =>
	publicKey === undefined ? [] : [[keyNameOf(publicKey), publicKey]];

const isSameBesideSignatures = (one: JsonObject, other: JsonObject): boolean => {
	const bytes = canonicalJsonBytes(withoutKeys(one, beside));
	const otherBytes = canonicalJsonBytes(withoutKeys(other, beside));
	return bytes.length === otherBytes.length && bytes.every((byte, index) => byte === otherBytes[index]);
};

const beside = ["signatures", "unsigned"];
