/**
 * The identity keys of a device, as it uploads them, as its server hands them out and as other servers do. Whoever
 * encrypts to a device trusts them; each server that passes them on checks that they hold together.
 * Source: Matrix v1.19 Client-Server API, "Device keys", `POST /keys/upload`, "DeviceKeys".
 */
import type { UserId } from "../identifiers/identifier-types.ts";
import { encodeCanonicalJson } from "../json/canonical-json.ts";
import { getObject, getString, getValue, isJsonArray } from "../json/json-object.ts";
import type { JsonObject, JsonValue } from "../json/json-value.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import { type KeyRefusal, refuseKeys } from "./key-rule.ts";
import { parseCurve25519Key, parseEd25519Key } from "./public-key.ts";
import { isSignedBy } from "./signed-by.ts";

/** Device keys that hold together. */
export interface DeviceKeys {
	readonly userId: UserId;
	readonly deviceId: string;
	readonly ed25519: Uint8Array;
	/** As they were signed. */
	readonly json: JsonObject;
}

/** Whose keys they must be. */
export interface DeviceKeysCheck {
	readonly userId: UserId;
	readonly deviceId: string;
	readonly verifier: SignatureVerifier;
}

/** Far more than keys with some signatures take, in characters. */
const maxDeviceKeysLength = 16_384;
const maxAlgorithms = 20;
const maxKeys = 10;
/** A device id as others take it: it names keys, and is written into messages. */
const deviceIdPattern = /^[0-9A-Za-z_.=/+-]{1,128}$/;

/** True for what may name a device in keys and messages. */
export const isDeviceId = (text: string): boolean => deviceIdPattern.test(text);

/** Checks the keys of a device (DEV-01 to DEV-04). The object must have a canonical form. */
export const checkDeviceKeys = (
	json: JsonObject,
	{ userId, deviceId, verifier }: DeviceKeysCheck,
): { readonly kind: "ok"; readonly keys: DeviceKeys } | KeyRefusal => {
	if (getString(json, "user_id") !== userId || getString(json, "device_id") !== deviceId) {
		return refuseKeys("DEV-02", "the keys name another user or device");
	}
	if (!isDeviceId(deviceId)) return refuseKeys("DEV-03", "the device's name cannot name keys");
	if (encodeCanonicalJson(json).length > maxDeviceKeysLength) return refuseKeys("DEV-03", "the keys are too long");
	if (!isListOfNames(getValue(json, "algorithms"))) return refuseKeys("DEV-03", "algorithms is no short list of names");
	const keys = getObject(json, "keys");
	if (keys === undefined || Object.keys(keys).length > maxKeys) {
		return refuseKeys("DEV-03", "keys is no object of few keys");
	}
	const named = [`ed25519:${deviceId}`, `curve25519:${deviceId}`].map((id) => getString(keys, id));
	const [signing, identity] = named;
	if (signing === undefined || identity === undefined) return refuseKeys("DEV-03", "a key of the device is missing");
	if (Object.keys(keys).some((id) => isMisnamed(id, deviceId))) {
		return refuseKeys("DEV-03", "a key is named by another device");
	}
	const ed25519 = parseEd25519Key(signing);
	if (ed25519 === undefined || parseCurve25519Key(identity) === undefined) {
		return refuseKeys("DEV-01", "a key of the device is none that may be used");
	}
	if (!isSignedBy(json, { userId, keyName: deviceId, publicKey: ed25519, verifier })) {
		return refuseKeys("DEV-04", "the device did not sign its keys");
	}
	return { kind: "ok", keys: { userId, deviceId, ed25519, json } };
};

/** The signing key of keys that were checked before. Throws where there is none. */
export const signingKeyOf = (json: JsonObject, deviceId: string): Uint8Array => {
	const key = parseEd25519Key(getString(getObject(json, "keys") ?? {}, `ed25519:${deviceId}`) ?? "");
	if (key === undefined) throw new Error("stored device keys have no signing key");
	return key;
};

/** True when both objects have the same keys under `keys` (DEV-10). */
export const haveSameIdentity = (one: JsonObject, other: JsonObject): boolean =>
	encodeCanonicalJson(getObject(one, "keys") ?? {}) === encodeCanonicalJson(getObject(other, "keys") ?? {});

const isListOfNames = (value: JsonValue | undefined): boolean =>
	isJsonArray(value) &&
	value.length <= maxAlgorithms &&
	value.every((name) => typeof name === "string" && name.length <= 255);

/** Keys of algorithms that nobody here knows pass, under the device's name. */
const isMisnamed = (id: string, deviceId: string): boolean => id.slice(id.indexOf(":") + 1) !== deviceId;
