import { describe, expect, it } from "vitest";
import { createBegunSessions } from "./begun-sessions.ts";

const limits = { rotationPeriodMs: 3_600_000, rotationPeriodMessages: 3 };

/** What the machine makes of a message: version 3, the index, no ciphertext, and what ends it. */
const sealed = (sessionId: string, index: number) => ({
	session_id: sessionId,
	ciphertext: btoa(String.fromCharCode(3, 8, index, 0x12, 0, ...Array(72).fill(1))).replace(/=+$/, ""),
});

const open = () => {
	let time = 1_000;
	const sessions = createBegunSessions(() => time);
	return {
		...sessions,
		pass: (ms: number) => {
			time += ms;
		},
		seal: (sessionId: string, index: number) => sessions.note("!room", sealed(sessionId, index), time),
		lasts: () => sessions.lasts("!room", limits),
	};
};

describe("sessions that were seen to begin", () => {
	it("last for as many messages as the room allows, and no more", () => {
		const test = open();
		expect(test.lasts()).toBe(false);
		test.seal("one", 0);
		expect(test.lasts()).toBe(true);
		test.seal("one", 1);
		expect(test.lasts()).toBe(true);
		test.seal("one", 2);
		expect(test.lasts()).toBe(false);
		test.seal("two", 0);
		expect(test.lasts()).toBe(true);
	});

	it("last until shortly before their time is over", () => {
		const test = open();
		test.seal("one", 0);
		test.pass(limits.rotationPeriodMs - 120_001);
		expect(test.lasts()).toBe(true);
		test.pass(1);
		expect(test.lasts()).toBe(false);
	});

	it("are not known where they began before, or are others than thought", () => {
		const test = open();
		test.seal("one", 1);
		expect(test.lasts()).toBe(false);
		test.seal("one", 0);
		test.seal("two", 1);
		expect(test.lasts()).toBe(false);
		test.seal("one", 0);
		test.note("!room", { session_id: "one", ciphertext: "?" }, 0);
		expect(test.lasts()).toBe(false);
	});
});
