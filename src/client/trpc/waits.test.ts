import { describe, expect, it } from "vitest";
import { createWaits } from "./waits.ts";

/** Waits on a clock that the test moves. */
function world() {
	let now = 1000;
	const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
	const waits = createWaits({
		now: () => now,
		later: (callback, delayMs) => {
			const timer = { at: now + delayMs, callback };
			timers.add(timer);
			return () => timers.delete(timer);
		},
	});
	return {
		...waits,
		timers,
		pass: (ms: number) => {
			now += ms;
			for (const timer of [...timers]) if (timer.at <= now) timer.callback();
		},
	};
}

const never = new AbortController().signal;

describe("the waits between tries", () => {
	it("say when the next try is due, and nothing once it is made", async () => {
		const { wait, nextAt, pass } = world();
		const waited = wait(500, never);
		expect(nextAt.get()).toBe(1500);
		pass(499);
		expect(nextAt.get()).toBe(1500);
		pass(1);
		expect(await waited).toBe(false);
		expect(nextAt.get()).toBeUndefined();
	});

	it("say the first of several, also of two at one moment", async () => {
		const { wait, nextAt, pass } = world();
		const all = [wait(900, never), wait(300, never), wait(300, never)];
		expect(nextAt.get()).toBe(1300);
		pass(300);
		expect(await Promise.all(all.slice(1))).toEqual([false, false]);
		expect(nextAt.get()).toBe(1900);
	});

	it("end at once, all of them, when somebody is in a hurry", async () => {
		const { wait, hurry, nextAt, timers } = world();
		const all = [wait(5000, never), wait(9000, never)];
		hurry();
		expect(await Promise.all(all)).toEqual([true, true]);
		expect(nextAt.get()).toBeUndefined();
		expect(timers.size).toBe(0);
	});

	it("end with what they wait for, and do not begin after it", async () => {
		const { wait, nextAt, timers } = world();
		const life = new AbortController();
		const waited = wait(5000, life.signal);
		life.abort();
		expect(await waited).toBe(false);
		expect(await wait(5000, life.signal)).toBe(false);
		expect([nextAt.get(), timers.size]).toEqual([undefined, 0]);
	});

	it("are none where nothing is to be waited for", async () => {
		const { wait, nextAt } = world();
		const waited = wait(0, never);
		expect(nextAt.get()).toBeUndefined();
		expect(await waited).toBe(false);
	});
});
