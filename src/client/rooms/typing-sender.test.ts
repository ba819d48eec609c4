import { describe, expect, it } from "vitest";
import { createTypingSender } from "./typing-sender.ts";

/** A sender on a clock that is turned by hand, and what it said when. */
function atHand() {
	let now = 0;
	let timers: { readonly at: number; readonly callback: () => void }[] = [];
	const said: string[] = [];
	const sender = createTypingSender({
		send: (isTyping) => said.push(`${now / 1000} ${isTyping}`),
		later: (callback, delayMs) => {
			const timer = { at: now + delayMs, callback };
			timers.push(timer);
			return () => {
				timers = timers.filter((one) => one !== timer);
			};
		},
	});
	const turnTo = (seconds: number): void => {
		for (;;) {
			const next = timers.toSorted((a, b) => a.at - b.at)[0];
			if (next === undefined || next.at > seconds * 1000) break;
			timers = timers.filter((one) => one !== next);
			now = next.at;
			next.callback();
		}
		now = seconds * 1000;
	};
	return { sender, said, turnTo, waiting: () => timers.length };
}

describe("createTypingSender", () => {
	it("says it at the first key and every five seconds while keys come, whatever their pace", () => {
		const { sender, said, turnTo } = atHand();
		for (const second of [0, 1, 2, 7, 13]) {
			turnTo(second);
			sender.onText();
		}
		expect(said).toEqual(["0 true", "5 true", "10 true"]);
	});

	it("takes it back after eight seconds without a key, and says it anew at the next", () => {
		const { sender, said, turnTo, waiting } = atHand();
		sender.onText();
		turnTo(30);
		expect(said).toEqual(["0 true", "5 true", "8 false"]);
		expect(waiting()).toBe(0);
		sender.onText();
		expect(said.at(-1)).toBe("30 true");
	});

	it("takes it back once when it stops, and leaves nothing waiting", () => {
		const { sender, said, turnTo, waiting } = atHand();
		sender.stop();
		sender.onText();
		turnTo(1);
		sender.stop();
		sender.stop();
		turnTo(60);
		expect(said).toEqual(["0 true", "1 false"]);
		expect(waiting()).toBe(0);
	});
});
