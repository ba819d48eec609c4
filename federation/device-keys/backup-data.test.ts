import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeBase64 } from "../json/base64.ts";
import { jsonObject, withKey, withoutKeys } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import { curveKey } from "../testing/device-factory.ts";
import { userId } from "../testing/identifiers.ts";
import { backupAlgorithm, checkBackupAuthData, isBetterSession, readBackedUpSession } from "./backup-data.ts";

const ann = userId("@ann:one.example");
const authData = jsonObject([["public_key", curveKey("backup")]]);
const check = (data: JsonObject, algorithm: string = backupAlgorithm) => {
	const checked = checkBackupAuthData(algorithm, data, ann);
	return checked.kind === "ok" ? "ok" : checked.rule;
};

describe("DEV-09: a backup", () => {
	it("is opened by a public key that its person may have signed", () => {
		expect(check(authData)).toBe("ok");
		const signatures = jsonObject([[ann, jsonObject([["ed25519:A", "sig"]])]]);
		expect(check(withKey(authData, "signatures", signatures))).toBe("ok");
		const foreign = jsonObject([["@eve:one.example", jsonObject([["ed25519:A", "sig"]])]]);
		expect(check(withKey(authData, "signatures", foreign))).toBe("DEV-09");
		expect(check(withKey(authData, "signatures", []))).toBe("DEV-09");
	});

	it("is refused of another algorithm or when it is too long", () => {
		expect(check(authData, "m.other")).toBe("DEV-09");
		expect(check(withKey(authData, "padding", "x".repeat(20_000)))).toBe("DEV-09");
	});

	it("DEV-01: is refused with a key of small order", () => {
		expect(check(jsonObject([["public_key", encodeBase64(new Uint8Array(32))]]))).toBe("DEV-01");
	});

	it("holds keys of a known form", () => {
		const session = jsonObject([
			["first_message_index", 0],
			["forwarded_count", 0],
			["is_verified", true],
			["session_data", jsonObject()],
		]);
		expect(readBackedUpSession(session)).toMatchObject({ firstMessageIndex: 0, isVerified: true });
		for (const key of Object.keys(session)) expect(readBackedUpSession(withoutKeys(session, [key]))).toBeUndefined();
		expect(readBackedUpSession(withKey(session, "first_message_index", -1))).toBeUndefined();
		expect(readBackedUpSession(withKey(session, "forwarded_count", -1))).toBeUndefined();
		expect(readBackedUpSession(withKey(session, "is_verified", 1))).toBeUndefined();
		expect(readBackedUpSession(withKey(session, "padding", "x".repeat(20_000)))).toBeUndefined();
	});
});

describe("DEV-09: of two copies of a key", () => {
	const copy = (isVerified: boolean, firstMessageIndex: number, forwardedCount: number) => ({
		...{ isVerified, firstMessageIndex, forwardedCount },
	});

	it("the verified one stays, then the one from an earlier message, then the one of fewer hands", () => {
		expect(isBetterSession(copy(true, 9, 9), copy(false, 0, 0))).toBe(true);
		expect(isBetterSession(copy(false, 0, 0), copy(true, 9, 9))).toBe(false);
		expect(isBetterSession(copy(true, 1, 9), copy(true, 2, 0))).toBe(true);
		expect(isBetterSession(copy(true, 1, 1), copy(true, 1, 2))).toBe(true);
		expect(isBetterSession(copy(true, 1, 1), copy(true, 1, 1))).toBe(false);
	});

	it("the same one stays in whichever order they come", () => {
		const rank = fc.record({
			isVerified: fc.boolean(),
			firstMessageIndex: fc.nat(3),
			forwardedCount: fc.nat(3),
		});
		const fold = (copies: readonly ReturnType<typeof copy>[]) =>
			copies.reduce((kept, offered) => (isBetterSession(offered, kept) ? offered : kept));
		fc.assert(
			fc.property(fc.array(rank, { minLength: 1, maxLength: 8 }), (copies) => {
				expect(fold([...copies].reverse())).toEqual(fold(copies));
			}),
		);
	});
});
