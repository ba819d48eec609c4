import Olm from "@matrix-org/olm";
import { beforeAll, describe, expect, it } from "vitest";
import { checkCrossSigningUpload } from "../../federation/device-keys/cross-signing-keys.ts";
import { checkDeviceKeys } from "../../federation/device-keys/device-keys.ts";
import { checkOneTimeKeys } from "../../federation/device-keys/one-time-keys.ts";
import { parseCurve25519Key } from "../../federation/device-keys/public-key.ts";
import { checkUploadedSignature } from "../../federation/device-keys/uploaded-signatures.ts";
import type { KeyId } from "../../federation/identifiers/identifier-types.ts";
import { decodeBase64 } from "../../federation/json/base64.ts";
import { encodeCanonicalJson } from "../../federation/json/canonical-json.ts";
import { jsonObject, withKey } from "../../federation/json/json-object.ts";
import type { JsonObject, JsonValue } from "../../federation/json/json-value.ts";
import { signableBytes, withSignature } from "../../federation/signing/sign-json.ts";
import { testDevice } from "../../federation/testing/device-factory.ts";
import { userId } from "../../federation/testing/identifiers.ts";
import { nodeVerifier } from "../../src/server/adapters/crypto-node/node-verifier.ts";

const ann = userId("@ann:one.example");
const object = (members: Readonly<Record<string, JsonValue>>): JsonObject => jsonObject(Object.entries(members));
const text = (json: JsonObject): string => new TextDecoder().decode(signableBytes(json));

/** The object with a signature that libolm made. */
const signed = (json: JsonObject, keyName: string, sign: (message: string) => string): JsonObject =>
	withSignature(json, {
		...{ entity: ann, keyId: `ed25519:${keyName}` as KeyId },
		signature: decodeBase64(sign(text(json))) ?? new Uint8Array(),
	});

const openAccount = () => {
	const account = new Olm.Account();
	account.create();
	const { curve25519, ed25519 } = JSON.parse(account.identity_keys());
	const sign = (json: JsonObject) => signed(json, "OLM", (message) => account.sign(message));
	const keys = object({ "curve25519:OLM": curve25519, "ed25519:OLM": ed25519 });
	const algorithms = ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"];
	const deviceKeys = sign(object({ user_id: ann, device_id: "OLM", algorithms, keys }));
	return { account, sign, deviceKeys, publicKey: decodeBase64(ed25519) ?? new Uint8Array() };
};

const openSigning = () => {
	const signing = new Olm.PkSigning();
	const name = signing.init_with_seed(signing.generate_seed());
	return {
		name,
		publicKey: decodeBase64(name) ?? new Uint8Array(),
		sign: (json: JsonObject) => signed(json, name, (message) => signing.sign(message)),
		key: (usage: string) => object({ user_id: ann, usage: [usage], keys: object({ [`ed25519:${name}`]: name }) }),
	};
};

describe("libolm, an implementation of other hands", () => {
	beforeAll(() => Olm.init());

	it("makes device keys, one-time keys and fallback keys that are taken, and none of them altered", () => {
		const { account, sign, deviceKeys, publicKey } = openAccount();
		const check = { userId: ann, deviceId: "OLM", verifier: nodeVerifier };
		expect(checkDeviceKeys(deviceKeys, check).kind).toBe("ok");
		expect(checkDeviceKeys(withKey(deviceKeys, "algorithms", []), check)).toMatchObject({ rule: "DEV-04" });
		account.generate_one_time_keys(20);
		const made = Object.entries<string>(JSON.parse(account.one_time_keys()).curve25519);
		const named = jsonObject(made.map(([id, key]) => [`signed_curve25519:${id}`, sign(object({ key }))]));
		const checkKeys = (keys: JsonObject, isFallback: boolean) =>
			checkOneTimeKeys(keys, { ...check, publicKey, isFallback });
		expect(checkKeys(named, false)).toMatchObject({ kind: "ok", keys: { length: 20 } });
		account.generate_fallback_key();
		const [fallback] = Object.entries<string>(JSON.parse(account.unpublished_fallback_key()).curve25519);
		const [id = "", key = ""] = fallback ?? [];
		const fallbackKey = sign(object({ key, fallback: true }));
		expect(checkKeys(object({ [`signed_curve25519:${id}`]: fallbackKey }), true).kind).toBe("ok");
		const altered = withKey(fallbackKey, "key", made[0]?.[1] ?? "");
		expect(checkKeys(object({ [`signed_curve25519:${id}`]: altered }), true)).toMatchObject({ rule: "DEV-05" });
	});

	it("makes cross-signing keys and signatures that are taken", () => {
		const { deviceKeys } = openAccount();
		const [master, self, user] = [openSigning(), openSigning(), openSigning()];
		const uploaded = {
			master: master.key("master"),
			self_signing: master.sign(self.key("self_signing")),
			user_signing: master.sign(user.key("user_signing")),
		};
		const upload = { userId: ann, storedMaster: undefined, deviceKey: () => undefined, verifier: nodeVerifier };
		expect(checkCrossSigningUpload({ ...upload, uploaded }).kind).toBe("ok");
		const forged = { ...uploaded, user_signing: self.sign(user.key("user_signing")) };
		expect(checkCrossSigningUpload({ ...upload, uploaded: forged })).toMatchObject({ rule: "DEV-07" });
		const signing = { selfSigning: self.publicKey, userSigning: user.publicKey, devices: new Map() };
		const added = { signerId: ann, kind: "own-device", stored: deviceKeys, signing, verifier: nodeVerifier } as const;
		expect(checkUploadedSignature({ ...added, uploaded: self.sign(deviceKeys) })).toMatchObject({
			added: [{ keyName: self.name }],
		});
		expect(checkUploadedSignature({ ...added, uploaded: master.sign(deviceKeys) })).toMatchObject({ rule: "DEV-08" });
	});

	it("verifies what others signed in the same canonical form, and refuses it altered", () => {
		const device = testDevice(ann, "PHONE");
		const keys = device.keys({ ü: "ö\u0007 ", order: object({ b: 1, a: [true, null, -5] }) });
		const signature = JSON.parse(encodeCanonicalJson(keys)).signatures[ann]["ed25519:PHONE"];
		const publicKey = JSON.parse(encodeCanonicalJson(keys)).keys["ed25519:PHONE"];
		const utility = new Olm.Utility();
		expect(() => utility.ed25519_verify(publicKey, text(keys), signature)).not.toThrow();
		expect(() => utility.ed25519_verify(publicKey, `${text(keys)} `, signature)).toThrow("BAD_MESSAGE_MAC");
	});

	it("talks to an identity key of zeros, which is refused here", () => {
		const { account } = openAccount();
		const zeros = "A".repeat(43);
		const session = new Olm.Session();
		expect(() => session.create_outbound(account, zeros, zeros)).not.toThrow();
		expect(parseCurve25519Key(zeros)).toBeUndefined();
	});
});
