/**
 * The document in which a server publishes its signing keys: building one's own and reading others'. It proves itself by
 * a signature with one of the keys in it; that it is the right server's, the certificate of the connection proves, or a
 * notary that signed it too. Source: Matrix v1.19 Server-Server API, "Retrieving server keys".
 */
import type { KeyId, ServerName } from "../identifiers/identifier-types.ts";
import { parseKeyId } from "../identifiers/key-id.ts";
import { decodeBase64, encodeBase64 } from "../json/base64.ts";
import { getInteger, getObject, getString, jsonObject } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import type { Signer } from "../ports/signer.ts";
import type { ServerKey } from "../signing/key-validity.ts";
import { signJson } from "../signing/sign-json.ts";
import { verifyJson } from "../signing/verify-json.ts";

/** A key that this server signs with no more. */
export interface RetiredKey {
	readonly keyId: KeyId;
	readonly publicKey: Uint8Array;
	/** The last moment at which it signed, in milliseconds. */
	readonly expiredTs: number;
}

/** What this server publishes. */
export interface OwnKeys {
	/** Signs the document. */
	readonly signer: Signer;
	/** The signer's. */
	readonly publicKey: Uint8Array;
	readonly retired: readonly RetiredKey[];
}

/** This server's own document. */
export const buildKeyDocument = ({ signer, publicKey, retired }: OwnKeys, validUntilTs: number): JsonObject =>
	signJson(
		jsonObject([
			["server_name", signer.serverName],
			["verify_keys", jsonObject([[signer.keyId, jsonObject([["key", encodeBase64(publicKey)]])]])],
			["old_verify_keys", jsonObject(retired.map((key) => [key.keyId, oldVerifyKey(key)]))],
			["valid_until_ts", validUntilTs],
		]),
		signer,
	);

const oldVerifyKey = ({ publicKey, expiredTs }: RetiredKey): JsonObject =>
	jsonObject([
		["key", encodeBase64(publicKey)],
		["expired_ts", expiredTs],
	]);

/** A document that proved itself. */
export interface KeyDocument {
	readonly server: ServerName;
	readonly keys: ReadonlyMap<KeyId, ServerKey>;
	readonly validUntilTs: number;
	/** As it was published. */
	readonly json: JsonObject;
}

/** The document, or why it counts as none; `detail` is for logs. */
export type KeyDocumentReading =
	| { readonly kind: "read"; readonly document: KeyDocument }
	| { readonly kind: "refused"; readonly rule: "KEY-01" | "KEY-02" | "KEY-03"; readonly detail: string };

/** What a document is read with. */
export interface KeyDocumentCheck {
	/** Whose document it must be. */
	readonly server: ServerName;
	readonly verifier: SignatureVerifier;
	/** When it came, in milliseconds. */
	readonly receivedTs: number;
}

/** More keys than any server has used. */
const mostKeys = 64;

/** Checks a document that came from its server or a notary. */
export const readKeyDocument = (json: JsonObject, check: KeyDocumentCheck): KeyDocumentReading => {
	const { server, verifier, receivedTs } = check;
	if (getString(json, "server_name") !== server) {
		return { kind: "refused", rule: "KEY-01", detail: `the keys are not those of ${server}` };
	}
	const validUntilTs = getInteger(json, "valid_until_ts");
	const verifyKeys = getObject(json, "verify_keys");
	const oldKeys = getObject(json, "old_verify_keys") ?? {};
	if (validUntilTs === undefined || validUntilTs < 0 || verifyKeys === undefined) {
		return { kind: "refused", rule: "KEY-02", detail: `the keys of ${server} lack a part` };
	}
	if (Object.keys(verifyKeys).length + Object.keys(oldKeys).length > mostKeys) {
		return { kind: "refused", rule: "KEY-02", detail: `${server} publishes more than ${mostKeys} keys` };
	}
	const current = readKeys(verifyKeys, (publicKey) => ({ kind: "current", publicKey, validUntilTs, receivedTs }));
	const old = readKeys(oldKeys, (publicKey, entry) => {
		const expiredTs = getInteger(entry, "expired_ts");
		return expiredTs === undefined ? undefined : { kind: "old", publicKey, expiredTs };
	});
	const publicKeys = new Map(current.map(([keyId, { publicKey }]) => [keyId, publicKey]));
	const signed = verifyJson(json, { entity: server, publicKey: (keyId) => publicKeys.get(keyId), verifier });
	return signed.kind === "verified"
		? { kind: "read", document: { server, keys: new Map([...current, ...old]), validUntilTs, json } }
		: { kind: "refused", rule: "KEY-03", detail: signed.detail };
};

/** The usable entries; those of other algorithms and malformed ones are none. */
const readKeys = (
	entries: JsonObject,
	make: (publicKey: Uint8Array, entry: JsonObject) => ServerKey | undefined,
): readonly (readonly [KeyId, ServerKey])[] =>
	Object.keys(entries).flatMap((text) => {
		const keyId = parseKeyId(text);
		const entry = getObject(entries, text);
		const publicKey = entry === undefined ? undefined : decodeBase64(getString(entry, "key") ?? "");
		if (keyId === undefined || entry === undefined || publicKey?.length !== 32) {
			return [];
		}
		const key = make(publicKey, entry);
		return key === undefined ? [] : [[keyId, key] as const];
	});
