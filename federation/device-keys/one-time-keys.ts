/**
 * One-time and fallback keys: each begins one conversation with the device that made it. A server that hands out one that
 * the device did not sign would only make conversations fail; it is refused when it is uploaded, while somebody can mend it.
 * Source: Matrix v1.19 Client-Server API, "One-time and fallback keys", "Key algorithms".
 */
import type { UserId } from "../identifiers/identifier-types.ts";
import { encodeCanonicalJson } from "../json/canonical-json.ts";
import { getString, getValue, isJsonObject } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import { type KeyRefusal, refuseKeys } from "./key-rule.ts";
import { parseCurve25519Key } from "./public-key.ts";
import { isSignedBy } from "./signed-by.ts";

/** The one algorithm in use. */
export const oneTimeKeyAlgorithm = "signed_curve25519";

/** A key with its name. */
export interface OneTimeKey {
	readonly algorithm: typeof oneTimeKeyAlgorithm;
	/** What the device calls it. */
	readonly keyId: string;
	readonly json: JsonObject;
}

/** Whose keys they must be. */
export interface OneTimeKeyCheck {
	readonly userId: UserId;
	readonly deviceId: string;
	/** The device's own signing key. */
	readonly publicKey: Uint8Array;
	readonly verifier: SignatureVerifier;
	readonly isFallback: boolean;
}

/** Far more than a key and its signature take, in characters. */
const maxLength = 2_048;
const keyName = /^signed_curve25519:([0-9A-Za-z_.=/+-]{1,128})$/;

/** Checks keys by their names, as they are uploaded: all of them, or none (DEV-01, DEV-05). */
export const checkOneTimeKeys = (
	named: JsonObject,
	check: OneTimeKeyCheck,
): { readonly kind: "ok"; readonly keys: readonly OneTimeKey[] } | KeyRefusal => {
	const keys: OneTimeKey[] = [];
	for (const name of Object.keys(named)) {
		const checked = checkOneTimeKey(name, named, check);
		if (checked.kind === "refused") return checked;
		keys.push(checked.key);
	}
	return { kind: "ok", keys };
};

const checkOneTimeKey = (
	name: string,
	named: JsonObject,
	{ userId, deviceId, publicKey, verifier, isFallback }: OneTimeKeyCheck,
): { readonly kind: "ok"; readonly key: OneTimeKey } | KeyRefusal => {
	const keyId = keyName.exec(name)?.[1];
	const json = getValue(named, name);
	if (keyId === undefined || !isJsonObject(json)) {
		return refuseKeys("DEV-05", "a key is not signed_curve25519 with a name");
	}
	if (encodeCanonicalJson(json).length > maxLength) return refuseKeys("DEV-05", "a key is too long");
	if ((getValue(json, "fallback") === true) !== isFallback) {
		return refuseKeys("DEV-05", "a one-time key says that it is a fallback, or a fallback key does not");
	}
	if (parseCurve25519Key(getString(json, "key") ?? "") === undefined) {
		return refuseKeys("DEV-01", "a one-time key is none that may be used");
	}
	return isSignedBy(json, { userId, keyName: deviceId, publicKey, verifier })
		? { kind: "ok", key: { algorithm: oneTimeKeyAlgorithm, keyId, json } }
		: refuseKeys("DEV-05", "the device did not sign a one-time key");
};
