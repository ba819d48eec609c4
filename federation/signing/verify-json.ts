/**
 * Checks one entity's signatures on a JSON object. Signatures by keys that are unknown or were not valid at the time are
 * skipped; of the others there must be one, and each must verify.
 * Source: Matrix v1.19 appendices, "Checking for a Signature"; Server-Server API, "Validating hashes and signatures on
 * received events".
 */
import type { KeyId } from "../identifiers/identifier-types.ts";
import { parseKeyId } from "../identifiers/key-id.ts";
import { decodeBase64 } from "../json/base64.ts";
import { getObject, getString } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import { signableBytes } from "./sign-json.ts";
import type { SignatureCheck } from "./signature-check.ts";

/** Whose signatures are checked, and with what. */
export interface SignatureQuestion {
	/** A server name, or a user id for device and cross-signing keys. */
	readonly entity: string;
	/** The entity's public key of that id if it is known and may be used. */
	readonly publicKey: (keyId: KeyId) => Uint8Array | undefined;
	readonly verifier: SignatureVerifier;
}

/** Checks the entity's signatures on the object. The object must have a canonical form. */
export const verifyJson = (json: JsonObject, question: SignatureQuestion): SignatureCheck =>
	verifySignatures(getObject(json, "signatures"), () => signableBytes(json), question);

/** The Ed25519 key ids under which the entity has signed, so that a caller can fetch the keys first. */
export const signatureKeyIds = (json: JsonObject, entity: string): readonly KeyId[] => {
	const ofEntity = getObject(getObject(json, "signatures") ?? {}, entity) ?? {};
	return Object.keys(ofEntity).flatMap((text) => parseKeyId(text) ?? []);
};

/** The check itself over bytes that are made when they are needed, for callers that have them already. */
export const verifySignatures = (
	signatures: JsonObject | undefined,
	signedBytes: () => Uint8Array,
	{ entity, publicKey, verifier }: SignatureQuestion,
): SignatureCheck => {
	const ofEntity = getObject(signatures ?? {}, entity) ?? {};
	const keyIds = Object.keys(ofEntity).flatMap((text) => parseKeyId(text) ?? []);
	if (keyIds.length === 0) {
		return { kind: "refused", rule: "SIG-02", detail: `no Ed25519 signature of ${entity}` };
	}
	let message: Uint8Array | undefined;
	for (const keyId of keyIds) {
		const key = publicKey(keyId);
		if (key === undefined) {
			continue;
		}
		message ??= signedBytes();
		const signature = decodeBase64(getString(ofEntity, keyId) ?? "");
		if (signature === undefined || !verifier.verify(key, message, signature)) {
			return { kind: "refused", rule: "SIG-04", detail: `the signature of ${entity} by ${keyId} does not verify` };
		}
	}
	return message === undefined
		? { kind: "refused", rule: "SIG-03", detail: `no usable key among ${keyIds.join(", ")} of ${entity}` }
		: { kind: "verified" };
};
