import { describe, expect, it } from "vitest";
import { encodeBase64 } from "../json/base64.ts";
import { jsonObject, withKey } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import { nobleVerifier } from "../signing/noble-verifier.ts";
import { testDevice, testIdentity } from "../testing/device-factory.ts";
import { userId } from "../testing/identifiers.ts";
import { type CrossSigningUsage, checkCrossSigningUpload, readCrossSigningKey } from "./cross-signing-keys.ts";

const ann = userId("@ann:one.example");
const identity = testIdentity(ann);
const device = testDevice(ann, "ANNPHONE");
const all = {
	master: identity.signed("master"),
	self_signing: identity.signed("self_signing"),
	user_signing: identity.signed("user_signing"),
};
const check = (uploaded: Partial<Record<CrossSigningUsage, JsonObject>>, storedMaster?: JsonObject) => {
	const checked = checkCrossSigningUpload({
		...{ userId: ann, uploaded, storedMaster, verifier: nobleVerifier },
		deviceKey: (deviceId) => (deviceId === "ANNPHONE" ? device.key.publicKey : undefined),
	});
	return checked.kind === "ok" ? checked.keys.map(({ usage }) => usage) : checked.rule;
};
const read = (json: JsonObject, usage: CrossSigningUsage = "master") => {
	const reading = readCrossSigningKey(json, { userId: ann, usage });
	return reading.kind === "ok" ? "ok" : reading.rule;
};

describe("a cross-signing key", () => {
	it("DEV-06: is one key named by itself, for its one use, of the user", () => {
		expect(read(all.master)).toBe("ok");
		expect(read(all.self_signing, "self_signing")).toBe("ok");
	});

	it("DEV-06: is refused for another user or use, or as none or two keys", () => {
		expect(read(testIdentity(userId("@eve:one.example")).signed("master"))).toBe("DEV-06");
		expect(read(all.self_signing)).toBe("DEV-06");
		expect(read(withKey(all.master, "usage", ["master", "self_signing"]))).toBe("DEV-06");
		const { name } = identity.key.master;
		expect(read(withKey(all.master, "keys", jsonObject()))).toBe("DEV-06");
		expect(read(withKey(all.master, "keys", jsonObject([["ed25519:other", name]])))).toBe("DEV-06");
		const two = jsonObject([
			[`ed25519:${name}`, name],
			["ed25519:other", name],
		]);
		expect(read(withKey(all.master, "keys", two))).toBe("DEV-06");
		expect(read(withKey(all.master, "padding", "x".repeat(20_000)))).toBe("DEV-06");
	});

	it("DEV-01: is refused when it is of small order", () => {
		const zero = encodeBase64(new Uint8Array(32));
		expect(read(withKey(all.master, "keys", jsonObject([[`ed25519:${zero}`, zero]])))).toBe("DEV-01");
	});
});

describe("DEV-07: cross-signing keys that are uploaded", () => {
	it("are taken when the master key signed the other two", () => {
		expect(check(all)).toEqual(["master", "self_signing", "user_signing"]);
		expect(check({ self_signing: all.self_signing }, all.master)).toEqual(["self_signing"]);
	});

	it("are refused without a master key, or signed by another one", () => {
		expect(check({ self_signing: all.self_signing })).toBe("DEV-07");
		const other = testIdentity(ann, "second");
		expect(check({ ...all, user_signing: other.signed("user_signing") })).toBe("DEV-07");
		expect(check({ ...all, self_signing: identity.unsigned("self_signing") })).toBe("DEV-07");
		expect(check({ self_signing: all.self_signing }, other.signed("master"))).toBe("DEV-07");
	});

	it("are refused when one key is for two uses", () => {
		const { name } = identity.key.master;
		const same = withKey(identity.unsigned("self_signing"), "keys", jsonObject([[`ed25519:${name}`, name]]));
		expect(check({ ...all, self_signing: identity.key.master.sign(ann, same) })).toBe("DEV-07");
	});

	it("are refused when a device's signature on the master key does not verify", () => {
		expect(check({ ...all, master: device.key.sign(ann, all.master) })).toHaveLength(3);
		const forged = testDevice(ann, "ANNPHONE", "other").key.sign(ann, all.master);
		expect(check({ ...all, master: forged })).toBe("DEV-07");
		// A device that this server does not know says nothing.
		expect(check({ ...all, master: testDevice(ann, "GONE").key.sign(ann, all.master) })).toHaveLength(3);
	});
});
