import { describe, expect, it } from "vitest";
import { carriedEncryption, nextEncryption, refuseWeakening } from "./room-encryption.ts";

const megolm = "m.megolm.v1.aes-sha2";
const encrypted = { algorithm: megolm };

describe("nextEncryption", () => {
	it("takes the algorithm and what of the periods is a positive whole number", () => {
		expect(nextEncryption(undefined, { algorithm: megolm })).toEqual(encrypted);
		const content = { algorithm: megolm, rotation_period_ms: 3_600_000, rotation_period_msgs: 50 };
		expect(nextEncryption(undefined, content)).toEqual({
			algorithm: megolm,
			rotationPeriodMs: 3_600_000,
			rotationPeriodMsgs: 50,
		});
		const odd = { algorithm: megolm, rotation_period_ms: -1, rotation_period_msgs: "100" };
		expect(nextEncryption(undefined, odd)).toEqual(encrypted);
	});

	it("never ends what has begun, and never gives up what people here speak for something else", () => {
		for (const content of [{}, { algorithm: "" }, { algorithm: 7 }, { algorithm: "x".repeat(300) }]) {
			expect(nextEncryption(undefined, content)).toBeUndefined();
			expect(nextEncryption(encrypted, content)).toBe(encrypted);
		}
		expect(nextEncryption(encrypted, { algorithm: "org.example.rot13" })).toBe(encrypted);
		const strange = nextEncryption(undefined, { algorithm: "org.example.rot13" });
		expect(strange).toEqual({ algorithm: "org.example.rot13" });
		expect(nextEncryption(strange, { algorithm: megolm })).toEqual(encrypted);
	});
});

describe("refuseWeakening", () => {
	const event = (content: Record<string, string>, type = "m.room.encryption", stateKey = "") => ({
		...{ type, stateKey, content },
	});

	it("refuses what would end encryption or replace it, and lets the rest pass", () => {
		for (const content of [{}, { algorithm: "org.example.rot13" }]) {
			expect(() => refuseWeakening(encrypted, event(content))).toThrow(expect.objectContaining({ code: "forbidden" }));
			expect(() => refuseWeakening(undefined, event(content))).not.toThrow();
			expect(() => refuseWeakening(encrypted, event(content, "m.room.topic"))).not.toThrow();
			expect(() => refuseWeakening(encrypted, event(content, "m.room.encryption", "other"))).not.toThrow();
		}
		expect(() => refuseWeakening(encrypted, event({ algorithm: megolm }))).not.toThrow();
	});
});

describe("carriedEncryption", () => {
	it("carries over what holds, whatever the state says by now", () => {
		const content = { algorithm: megolm, rotation_period_msgs: 50 };
		expect(carriedEncryption(encrypted, content)).toBe(content);
		expect(carriedEncryption(encrypted, {})).toEqual({ algorithm: megolm });
		expect(carriedEncryption(encrypted, undefined)).toEqual({ algorithm: megolm });
		expect(carriedEncryption(undefined, {})).toBeUndefined();
	});
});
