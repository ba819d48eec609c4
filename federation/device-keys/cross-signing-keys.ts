/**
 * The keys by which a person vouches for their own devices and for other people. The master key stands for the person and
 * signs the other two. Source: Matrix v1.19 Client-Server API, "Cross-signing", `POST /keys/device_signing/upload`.
 */
import type { UserId } from "../identifiers/identifier-types.ts";
import { encodeCanonicalJson } from "../json/canonical-json.ts";
import { getObject, getString, getValue, isJsonArray } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import { type KeyRefusal, refuseKeys } from "./key-rule.ts";
import { parseEd25519Key } from "./public-key.ts";
import { isSignedBy, keyNameOf } from "./signed-by.ts";

/** What a cross-signing key is for. */
export type CrossSigningUsage = "master" | "self_signing" | "user_signing";
/** All of them, the master first. */
const crossSigningUsages: readonly CrossSigningUsage[] = ["master", "self_signing", "user_signing"];

/** A cross-signing key that is one. */
export interface CrossSigningKey {
	readonly usage: CrossSigningUsage;
	readonly publicKey: Uint8Array;
	readonly json: JsonObject;
}

const maxLength = 16_384;

/** Reads one key, whoever signed it (DEV-01, DEV-06). The object must have a canonical form. */
export const readCrossSigningKey = (
	json: JsonObject,
	{ userId, usage }: { readonly userId: UserId; readonly usage: CrossSigningUsage },
): { readonly kind: "ok"; readonly key: CrossSigningKey } | KeyRefusal => {
	if (getString(json, "user_id") !== userId) return refuseKeys("DEV-06", "a cross-signing key names another user");
	if (encodeCanonicalJson(json).length > maxLength) return refuseKeys("DEV-06", "a cross-signing key is too long");
	const usages = getValue(json, "usage");
	if (!isJsonArray(usages) || usages.length !== 1 || usages[0] !== usage) {
		return refuseKeys("DEV-06", "a cross-signing key is not for its one use");
	}
	const keys = getObject(json, "keys") ?? {};
	const [keyId, ...more] = Object.keys(keys);
	if (keyId === undefined || more.length > 0) return refuseKeys("DEV-06", "a cross-signing key is not exactly one key");
	const publicKey = parseEd25519Key(getString(keys, keyId) ?? "");
	if (publicKey === undefined) return refuseKeys("DEV-01", "a cross-signing key is none that may be used");
	if (keyId !== `ed25519:${keyNameOf(publicKey)}`) {
		return refuseKeys("DEV-06", "a cross-signing key is not named by itself");
	}
	return { kind: "ok", key: { usage, publicKey, json } };
};

/** What is uploaded together with what is there already. */
export interface CrossSigningUpload {
	readonly userId: UserId;
	/** By their usage, as they were uploaded. */
	readonly uploaded: Partial<Record<CrossSigningUsage, JsonObject>>;
	/** The master key that the person has; the uploaded one takes its place. */
	readonly storedMaster: JsonObject | undefined;
	/** The signing key of one of the person's devices. */
	readonly deviceKey: (deviceId: string) => Uint8Array | undefined;
	readonly verifier: SignatureVerifier;
}

/** Checks a set of keys: all of them, or none (DEV-06, DEV-07). */
export const checkCrossSigningUpload = (
	upload: CrossSigningUpload,
): { readonly kind: "ok"; readonly keys: readonly CrossSigningKey[] } | KeyRefusal => {
	const { userId, uploaded, storedMaster } = upload;
	const keys: CrossSigningKey[] = [];
	for (const usage of crossSigningUsages) {
		const json = uploaded[usage];
		if (json === undefined) continue;
		const read = readCrossSigningKey(json, { userId, usage });
		if (read.kind === "refused") return read;
		keys.push(read.key);
	}
	const masterJson = uploaded.master ?? storedMaster;
	if (masterJson === undefined) return refuseKeys("DEV-07", "there is no master key");
	const master = readCrossSigningKey(masterJson, { userId, usage: "master" });
	if (master.kind === "refused") return master;
	const names = new Set([master.key, ...keys].map(({ publicKey }) => keyNameOf(publicKey)));
	if (names.size !== keys.length + (uploaded.master === undefined ? 1 : 0)) {
		return refuseKeys("DEV-07", "one key is for two uses");
	}
	for (const key of keys) {
		const refusal = key.usage === "master" ? checkMaster(key, upload) : checkSubordinate(key, master.key, upload);
		if (refusal !== undefined) return refusal;
	}
	return { kind: "ok", keys };
};

/** The device that made the master key may sign it; what it did not sign is no signature of it. */
const checkMaster = ({ json }: CrossSigningKey, upload: CrossSigningUpload): KeyRefusal | undefined => {
	const { userId, verifier, deviceKey } = upload;
	const own = getObject(getObject(json, "signatures") ?? {}, userId) ?? {};
	for (const keyId of Object.keys(own)) {
		const keyName = keyId.replace(/^ed25519:/, "");
		const publicKey = deviceKey(keyName);
		if (publicKey !== undefined && !isSignedBy(json, { userId, keyName, publicKey, verifier })) {
			return refuseKeys("DEV-07", "a device's signature on the master key does not verify");
		}
	}
	return undefined;
};

const checkSubordinate = (
	{ json }: CrossSigningKey,
	master: CrossSigningKey,
	{ userId, verifier }: CrossSigningUpload,
): KeyRefusal | undefined => {
	const signed = { userId, keyName: keyNameOf(master.publicKey), publicKey: master.publicKey, verifier };
	return isSignedBy(json, signed) ? undefined : refuseKeys("DEV-07", "the master key did not sign another key");
};

/** The public key of a cross-signing key that was checked before. Throws where there is none. */
export const crossSigningPublicKey = (json: JsonObject): Uint8Array => {
	const [text] = Object.values(getObject(json, "keys") ?? {});
	const key = typeof text === "string" ? parseEd25519Key(text) : undefined;
	if (key === undefined) throw new Error("a stored cross-signing key is no key");
	return key;
};
