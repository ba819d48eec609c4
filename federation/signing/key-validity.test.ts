import { describe, expect, it } from "vitest";
import { isKeyValidAt, keyValidUntil, longestKeyTrustMs } from "./key-validity.ts";

const publicKey = new Uint8Array(32);
const receivedTs = 1_000_000;
const week = 604_800_000;

describe("key validity", () => {
	it("SIG-06 ends with valid_until_ts, that moment included", () => {
		const key = { kind: "current", publicKey, receivedTs, validUntilTs: receivedTs + 5000 } as const;
		expect([0, receivedTs + 5000, receivedTs + 5001].map((ts) => isKeyValidAt(key, ts))).toEqual([true, true, false]);
	});

	it("SIG-06 ends seven days after the key was fetched, however long it claims", () => {
		const key = { kind: "current", publicKey, receivedTs, validUntilTs: Number.MAX_SAFE_INTEGER } as const;
		expect(longestKeyTrustMs).toBe(week);
		expect(keyValidUntil(key)).toBe(receivedTs + week);
		expect([receivedTs + week, receivedTs + week + 1].map((ts) => isKeyValidAt(key, ts))).toEqual([true, false]);
	});

	it("SIG-06 of an old key ends when it expired, and fetching it again does not prolong it", () => {
		const key = { kind: "old", publicKey, expiredTs: 77 } as const;
		expect([77, 78].map((ts) => isKeyValidAt(key, ts))).toEqual([true, false]);
	});
});
