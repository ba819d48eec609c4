/** Devices and people with keys of their own, in pure JavaScript. */
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import type { CrossSigningUsage } from "../device-keys/cross-signing-keys.ts";
import type { KeyId, UserId } from "../identifiers/identifier-types.ts";
import { encodeBase64 } from "../json/base64.ts";
import { jsonObject } from "../json/json-object.ts";
import type { JsonObject, JsonValue } from "../json/json-value.ts";
import { signableBytes, withSignature } from "../signing/sign-json.ts";

/** 32 bytes that the label alone decides. */
export const seedOf = (label: string): Uint8Array => {
	const seed = new Uint8Array(32).fill(1);
	for (let index = 0; index < label.length; index++) {
		seed[index % 32] = ((seed[index % 32] ?? 0) * 31 + label.charCodeAt(index)) & 0xff;
	}
	return seed;
};

/** A key that signs in a user's name. */
export interface TestSigningKey {
	readonly publicKey: Uint8Array;
	readonly name: string;
	sign(userId: UserId, json: JsonObject): JsonObject;
}

const signingKey = (seed: Uint8Array, name?: string): TestSigningKey => {
	const publicKey = ed25519.getPublicKey(seed);
	const keyName = name ?? encodeBase64(publicKey);
	return {
		publicKey,
		name: keyName,
		sign: (userId, json) =>
			withSignature(json, {
				entity: userId,
				keyId: `ed25519:${keyName}` as KeyId,
				signature: ed25519.sign(signableBytes(json), seed),
			}),
	};
};

/** A Curve25519 public key as text; the same label gives the same key. */
export const curveKey = (label: string): string => encodeBase64(x25519.getPublicKey(seedOf(label)));

/** A device with its keys. */
export const testDevice = (userId: UserId, deviceId: string, label = deviceId) => {
	const key = signingKey(seedOf(`${userId} ${label}`), deviceId);
	const unsigned = (changes: Readonly<Record<string, JsonValue>> = {}): JsonObject =>
		jsonObject(
			Object.entries({
				user_id: userId,
				device_id: deviceId,
				algorithms: ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
				keys: jsonObject([
					[`ed25519:${deviceId}`, encodeBase64(key.publicKey)],
					[`curve25519:${deviceId}`, curveKey(`${userId} ${label}`)],
				]),
				...changes,
			}),
		);
	const oneTimeKey = (name: string, members: Readonly<Record<string, JsonValue>> = {}): JsonObject =>
		key.sign(userId, jsonObject(Object.entries({ key: curveKey(`${userId} ${label} ${name}`), ...members })));
	return {
		...{ userId, deviceId, key },
		/** Signed device keys, with changes that are signed along. */
		keys: (changes?: Readonly<Record<string, JsonValue>>) => key.sign(userId, unsigned(changes)),
		unsigned,
		oneTimeKey,
		/** Named as they are uploaded. */
		oneTimeKeys: (...names: readonly string[]) =>
			jsonObject(names.map((name) => [`signed_curve25519:${name}`, oneTimeKey(name)])),
		fallbackKeys: (name: string) => jsonObject([[`signed_curve25519:${name}`, oneTimeKey(name, { fallback: true })]]),
	};
};

export type TestDevice = ReturnType<typeof testDevice>;

/** A person's cross-signing keys. */
export const testIdentity = (userId: UserId, label = "first") => {
	const keyOf = (usage: string) => signingKey(seedOf(`${userId} ${label} ${usage}`));
	const key = { master: keyOf("master"), self_signing: keyOf("self"), user_signing: keyOf("user") };
	const unsigned = (usage: CrossSigningUsage): JsonObject =>
		jsonObject([
			["user_id", userId],
			["usage", [usage]],
			["keys", jsonObject([[`ed25519:${key[usage].name}`, key[usage].name]])],
		]);
	const signed = (usage: CrossSigningUsage): JsonObject =>
		usage === "master" ? unsigned(usage) : key.master.sign(userId, unsigned(usage));
	return { userId, key, unsigned, signed };
};
