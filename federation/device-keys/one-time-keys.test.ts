import { describe, expect, it } from "vitest";
import { encodeBase64 } from "../json/base64.ts";
import { jsonObject, withKey } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import { nobleVerifier } from "../signing/noble-verifier.ts";
import { testDevice } from "../testing/device-factory.ts";
import { userId } from "../testing/identifiers.ts";
import { checkOneTimeKeys } from "./one-time-keys.ts";

const ann = userId("@ann:one.example");
const device = testDevice(ann, "ANNPHONE");
const check = (named: JsonObject, isFallback = false) => {
	const { publicKey } = device.key;
	const question = { userId: ann, deviceId: "ANNPHONE", publicKey, verifier: nobleVerifier, isFallback };
	const checked = checkOneTimeKeys(named, question);
	return checked.kind === "ok" ? checked.keys.map(({ keyId }) => keyId) : checked.rule;
};

describe("DEV-05: one-time and fallback keys", () => {
	it("are taken in their order when the device signed them", () => {
		expect(check(device.oneTimeKeys("AAAAAQ", "AAAAAg"))).toEqual(["AAAAAQ", "AAAAAg"]);
		expect(check(device.fallbackKeys("AAAAAw"), true)).toEqual(["AAAAAw"]);
		expect(check(jsonObject())).toEqual([]);
	});

	it("are refused when another device signed one, or something was changed", () => {
		expect(check(testDevice(ann, "OTHER").oneTimeKeys("AAAAAQ"))).toBe("DEV-05");
		expect(check(testDevice(userId("@eve:one.example"), "ANNPHONE").oneTimeKeys("AAAAAQ"))).toBe("DEV-05");
		const changed = withKey(device.oneTimeKey("a"), "key", "06UzBknVHFMwgi7AVloY7ylC+xhOhEX4PkNge14Grl8");
		expect(check(jsonObject([["signed_curve25519:a", changed]]))).toBe("DEV-05");
	});

	it("are refused whole when one of them is bad", () => {
		const bad = jsonObject([...Object.entries(device.oneTimeKeys("a", "b")), ["signed_curve25519:c", jsonObject()]] as [
			string,
			JsonObject,
		][]);
		expect(check(bad)).toBe("DEV-01");
	});

	it("are refused where a fallback key says nothing of it, or a one-time key does", () => {
		expect(check(device.oneTimeKeys("a"), true)).toBe("DEV-05");
		expect(check(device.fallbackKeys("a"))).toBe("DEV-05");
	});

	it("are refused in other algorithms and under odd names", () => {
		for (const name of ["curve25519:a", "signed_curve25519:", "signed_curve25519:a b", "signed_curve25519"]) {
			expect(check(jsonObject([[name, device.oneTimeKey("a")]]))).toBe("DEV-05");
		}
		expect(check(jsonObject([["signed_curve25519:a", "key"]]))).toBe("DEV-05");
	});

	it("DEV-01: are refused when they are of small order, though signed", () => {
		const zero = device.oneTimeKey("a", { key: encodeBase64(new Uint8Array(32)) });
		expect(check(jsonObject([["signed_curve25519:a", zero]]))).toBe("DEV-01");
	});
});
