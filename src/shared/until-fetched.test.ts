import { describe, expect, it, vi } from "vitest";
import { untilFetched } from "./until-fetched.ts";

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
		vi.useRealTimers();
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
});
