import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { createWaker } from "./waker.ts";

describe("a sleep that can be ended", () => {
	it("ends when it is woken, also by what came before it, when the time is over and with the signal", async () => {
		const waker = createWaker();
		const ending = new AbortController();
		const sleeping = waker.sleep(1_000_000, ending.signal);
		waker.wake();
		await sleeping;
		waker.wake();
		await waker.sleep(1_000_000, ending.signal);
		await waker.sleep(1, ending.signal);
		const last = waker.sleep(1_000_000, ending.signal);
		ending.abort();
		await last;
		await waker.sleep(1_000_000, ending.signal);
	});

	it("leaves nothing behind on the signal", async () => {
		const waker = createWaker();
		const { signal } = new AbortController();
		for (let times = 0; times < 20; times += 1) await waker.sleep(1, signal);
		const sleeping = waker.sleep(1_000_000, signal);
		expect(getEventListeners(signal, "abort")).toHaveLength(1);
		waker.wake();
		await sleeping;
		expect(getEventListeners(signal, "abort")).toEqual([]);
	});
});
