import { describe, expect, it } from "vitest";
import { withKey } from "../json/json-object.ts";
import { nobleVerifier } from "../signing/noble-verifier.ts";
import { testDevice, testIdentity } from "../testing/device-factory.ts";
import { userId } from "../testing/identifiers.ts";
import { checkUploadedSignature, type UploadedSignature } from "./uploaded-signatures.ts";

const ann = userId("@ann:one.example");
const bob = userId("@bob:two.example");
const identity = testIdentity(ann);
const bobs = testIdentity(bob);
const device = testDevice(ann, "ANNPHONE");
const signing = {
	selfSigning: identity.key.self_signing.publicKey,
	userSigning: identity.key.user_signing.publicKey,
	devices: new Map([["ANNPHONE", device.key.publicKey]]),
};
const check = (upload: Pick<UploadedSignature, "kind" | "uploaded" | "stored"> & Partial<UploadedSignature>) => {
	const checked = checkUploadedSignature({ signerId: ann, signing, verifier: nobleVerifier, ...upload });
	return checked.kind === "ok" ? checked.added.map(({ keyName }) => keyName) : checked.rule;
};
const keys = device.keys();
const master = identity.signed("master");
const bobsMaster = bobs.signed("master");
const { self_signing: self, user_signing: user } = identity.key;

describe("DEV-08: signatures that are added", () => {
	it("are taken on an own device by the self-signing key alone", () => {
		const kind = "own-device";
		expect(check({ kind, uploaded: self.sign(ann, keys), stored: keys })).toEqual([self.name]);
		expect(check({ kind, uploaded: user.sign(ann, keys), stored: keys })).toBe("DEV-08");
		expect(check({ kind, uploaded: identity.key.master.sign(ann, keys), stored: keys })).toBe("DEV-08");
		expect(check({ kind, uploaded: keys, stored: keys })).toBe("DEV-08");
	});

	it("are taken on another's master key by the user-signing key alone", () => {
		const kind = "other-master";
		expect(check({ kind, uploaded: user.sign(ann, bobsMaster), stored: bobsMaster })).toEqual([user.name]);
		expect(check({ kind, uploaded: self.sign(ann, bobsMaster), stored: bobsMaster })).toBe("DEV-08");
		expect(check({ kind, uploaded: device.key.sign(ann, bobsMaster), stored: bobsMaster })).toBe("DEV-08");
		expect(check({ kind, uploaded: user.sign(bob, bobsMaster), stored: bobsMaster })).toBe("DEV-08");
	});

	it("are taken on the own master key by an own device", () => {
		const kind = "own-master";
		expect(check({ kind, uploaded: device.key.sign(ann, master), stored: master })).toEqual(["ANNPHONE"]);
		const stranger = testDevice(ann, "STRANGER").key.sign(ann, master);
		expect(check({ kind, uploaded: stranger, stored: master })).toBe("DEV-08");
	});

	it("are refused when something else is new, and when they do not verify", () => {
		const kind = "own-device";
		const changed = self.sign(ann, withKey(keys, "algorithms", []));
		expect(check({ kind, uploaded: changed, stored: keys })).toBe("DEV-08");
		const broken = withKey(changed, "algorithms", keys["algorithms"] ?? []);
		expect(check({ kind, uploaded: broken, stored: keys })).toBe("DEV-08");
		const withName = withKey(self.sign(ann, keys), "unsigned", { device_display_name: "x" });
		expect(check({ kind, uploaded: withName, stored: keys })).toEqual([self.name]);
	});

	it("are refused from who has no cross-signing keys", () => {
		const none = { ...signing, selfSigning: undefined };
		expect(check({ kind: "own-device", uploaded: self.sign(ann, keys), stored: keys, signing: none })).toBe("DEV-08");
	});
});
