import { describe, expect, it } from "vitest";
import { encodeBase64 } from "../json/base64.ts";
import { jsonObject, withKey } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import { nobleVerifier } from "../signing/noble-verifier.ts";
import { curveKey, testDevice } from "../testing/device-factory.ts";
import { userId } from "../testing/identifiers.ts";
import { checkDeviceKeys, haveSameIdentity, isDeviceId, signingKeyOf } from "./device-keys.ts";

const ann = userId("@ann:one.example");
const device = testDevice(ann, "ANNPHONE");
const check = (json: JsonObject, who: { userId?: typeof ann; deviceId?: string } = {}) => {
	const checked = checkDeviceKeys(json, { userId: ann, deviceId: "ANNPHONE", verifier: nobleVerifier, ...who });
	return checked.kind === "ok" ? "ok" : checked.rule;
};
const ed25519 = encodeBase64(device.key.publicKey);

describe("device keys", () => {
	it("DEV-02, DEV-03, DEV-04: are taken when the device named and signed them", () => {
		expect(check(device.keys())).toBe("ok");
		expect(signingKeyOf(device.keys(), "ANNPHONE")).toEqual(device.key.publicKey);
		expect(check(device.keys({ unsigned: jsonObject([["device_display_name", "x"]]) }))).toBe("ok");
	});

	it("DEV-02: are refused for another user or another device", () => {
		expect(check(device.keys(), { userId: userId("@eve:one.example") })).toBe("DEV-02");
		expect(check(device.keys(), { deviceId: "OTHER" })).toBe("DEV-02");
		expect(check(device.keys({ user_id: 1 }))).toBe("DEV-02");
	});

	it("DEV-01: are refused with a key of small order or none at all", () => {
		const zero = encodeBase64(new Uint8Array(32));
		const withCurve = (curve: string) =>
			device.keys({
				keys: jsonObject([
					["ed25519:ANNPHONE", ed25519],
					["curve25519:ANNPHONE", curve],
				]),
			});
		expect(check(withCurve(zero))).toBe("DEV-01");
		expect(check(withCurve("not a key"))).toBe("DEV-01");
		expect(check(withCurve(curveKey("fine")))).toBe("ok");
	});

	it("DEV-03: are refused without both keys, with keys of other names, or with too much", () => {
		expect(check(device.keys({ keys: jsonObject([["ed25519:ANNPHONE", ed25519]]) }))).toBe("DEV-03");
		const foreign = [
			["ed25519:ANNPHONE", ed25519],
			["curve25519:ANNPHONE", curveKey("fine")],
			["ed25519:EVE", ed25519],
		] as const;
		expect(check(device.keys({ keys: jsonObject(foreign) }))).toBe("DEV-03");
		expect(check(device.keys({ algorithms: "m.olm" }))).toBe("DEV-03");
		expect(check(device.keys({ algorithms: Array.from({ length: 21 }, () => "a") }))).toBe("DEV-03");
		expect(check(device.keys({ padding: "x".repeat(20_000) }))).toBe("DEV-03");
	});

	it("DEV-04: are refused without the device's own signature, or after a change", () => {
		expect(check(device.unsigned())).toBe("DEV-04");
		expect(check(testDevice(ann, "ANNPHONE", "other").key.sign(ann, device.unsigned()))).toBe("DEV-04");
		expect(check(withKey(device.keys(), "algorithms", ["m.none"]))).toBe("DEV-04");
		expect(check(device.key.sign(userId("@eve:one.example"), device.unsigned()))).toBe("DEV-04");
	});

	it("DEV-03: are of a device whose name can name keys", () => {
		expect(isDeviceId("ABCdef012-_")).toBe(true);
		expect(isDeviceId(curveKey("a dehydrated device is named by its key"))).toBe(true);
		for (const name of ["", "a b", "a:b", "x".repeat(129), "ü"]) expect(isDeviceId(name)).toBe(false);
	});

	it("DEV-10: are the same identity whatever else changed", () => {
		expect(haveSameIdentity(device.keys(), device.keys({ algorithms: [] }))).toBe(true);
		expect(haveSameIdentity(device.keys(), testDevice(ann, "ANNPHONE", "another").keys())).toBe(false);
	});
});
