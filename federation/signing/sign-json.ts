/** Signing of JSON objects. Source: Matrix v1.19 appendices, "Signing Details". */
import type { KeyId } from "../identifiers/identifier-types.ts";
import { encodeBase64 } from "../json/base64.ts";
import { canonicalJsonBytes } from "../json/canonical-json.ts";
import { getObject, jsonObject, withKey, withoutKeys } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { Signer } from "../ports/signer.ts";

const notSigned = ["signatures", "unsigned"] as const;

/** What a signature covers: the canonical form without `signatures` and `unsigned`. Throws where there is none. */
export const signableBytes = (json: JsonObject): Uint8Array => canonicalJsonBytes(withoutKeys(json, notSigned));

/** The object with the signer's signature added to those that it has. */
export const signJson = (json: JsonObject, signer: Signer): JsonObject =>
	withSignature(json, { entity: signer.serverName, keyId: signer.keyId, signature: signer.sign(signableBytes(json)) });

/** A signature and in whose name it was made: a server's, or a user's for device and cross-signing keys. */
export interface EntitySignature {
	readonly entity: string;
	readonly keyId: KeyId;
	readonly signature: Uint8Array;
}

/** The object with the signature added; one of the same entity and key is replaced. */
export const withSignature = (json: JsonObject, { entity, keyId, signature }: EntitySignature): JsonObject => {
	const signatures = getObject(json, "signatures") ?? jsonObject();
	const ofEntity = getObject(signatures, entity) ?? jsonObject();
	return withKey(json, "signatures", withKey(signatures, entity, withKey(ofEntity, keyId, encodeBase64(signature))));
};
