import { afterEach, describe, expect, it, vi } from "vitest";
import { pageOutdated } from "./page-age.ts";
import { fetchedOrGone, untilFetched } from "./until-fetched.ts";

afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

describe("a script that is fetched until it is there", () => {
	it("is asked for again after a while that grows, and comes once it can", async () => {
		vi.useFakeTimers();
		let tries = 0;
		const fetch = async (): Promise<string> => {
			tries += 1;
			if (tries < 4) throw new Error("no network");
			return "script";
		};
		const fetched = untilFetched(fetch);
		await vi.advanceTimersByTimeAsync(0);
		expect(tries).toBe(1);
		await vi.advanceTimersByTimeAsync(1_000);
		expect(tries).toBe(2);
		await vi.advanceTimersByTimeAsync(1_999);
		expect(tries).toBe(2);
		await vi.advanceTimersByTimeAsync(1 + 4_000);
		expect(await fetched).toBe("script");
		expect(pageOutdated.aborted).toBe(false);
	});

	it("is asked for no more once nobody waits for it", async () => {
		const leaving = new AbortController();
		let tries = 0;
		const fetched = untilFetched(async () => {
			tries += 1;
			throw new Error("no network");
		}, leaving.signal);
		await Promise.resolve();
		leaving.abort();
		await expect(fetched).rejects.toThrow();
		expect(tries).toBe(1);
	});

	it("is asked for no more once the server has it no longer, which makes the page an old one", async () => {
		vi.useFakeTimers();
		let answer = new Response(null, { status: 503 });
		vi.stubGlobal("fetch", async () => answer);
		let tries = 0;
		const load = async (): Promise<string> => {
			tries += 1;
			throw new Error("Failed to load chunk /_next/static/chunks/old.js from module 1");
		};
		const leaving = new AbortController();
		const waiting = untilFetched(load, leaving.signal);
		await vi.advanceTimersByTimeAsync(1_000);
		expect([tries, pageOutdated.aborted]).toEqual([2, false]);
		answer = new Response(null, { status: 404 });
		await vi.advanceTimersByTimeAsync(600_000);
		expect([tries, pageOutdated.aborted]).toEqual([3, true]);
		leaving.abort(new Error("left"));
		await expect(waiting).rejects.toThrow("left");

		await expect(fetchedOrGone(load)).rejects.toThrow("older than its server");
		// What was fetched before works on in an old page.
		expect(await fetchedOrGone(async () => "script")).toBe("script");
		expect(await untilFetched(async () => "script")).toBe("script");
	});
});
