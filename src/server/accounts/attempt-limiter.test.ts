import { describe, expect, it } from "vitest";
import { AppError } from "../../shared/app-error.ts";
import { type AttemptLimiter, createAttemptLimiter } from "./attempt-limiter.ts";

const limits = {
	freeAttempts: 3,
	firstDelayMs: 1000,
	maximumDelayMs: 5000,
	forgetAfterMs: 60_000,
	maximumKeys: 3,
};

const fakeClock = () => {
	let now = 1_000_000;
	return { now: () => now, pass: (ms: number) => (now += ms) };
};

const waitOf = (limiter: AttemptLimiter, key: string): number => {
	try {
		limiter.begin(key);
		return 0;
	} catch (error) {
		if (error instanceof AppError && error.code === "too-many-requests") {
			return error.retryAfterMs ?? Number.NaN;
		}
		throw error;
	}
};

describe("the limiter of attempts", () => {
	it("lets the free attempts pass, then makes each wait twice as long, up to the most", () => {
		const clock = fakeClock();
		const limiter = createAttemptLimiter(limits, clock);
		const waits: number[] = [];
		for (let attempt = 0; attempt < 8; attempt += 1) {
			const wait = waitOf(limiter, "ann");
			waits.push(wait);
			clock.pass(wait);
			if (wait > 0) {
				expect(waitOf(limiter, "ann")).toBe(0);
			}
		}
		expect(waits).toEqual([0, 0, 0, 1000, 2000, 4000, 5000, 5000]);
	});

	it("counts before the work is done, so that a burst cannot pass together, and a refused attempt adds nothing", () => {
		const limiter = createAttemptLimiter(limits, fakeClock());
		const waits = Array.from({ length: 20 }, () => waitOf(limiter, "ann"));
		expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
		expect(new Set(waits.slice(3))).toEqual(new Set([1000]));
	});

	it("takes back one attempt, but not those before it", () => {
		const limiter = createAttemptLimiter(limits, fakeClock());
		limiter.begin("ann");
		limiter.begin("ann");
		limiter.begin("ann");
		limiter.refund("ann");
		expect(waitOf(limiter, "ann")).toBe(0);
		expect(waitOf(limiter, "ann")).toBe(1000);
	});

	it("forgets a key that was cleared or quiet, and keeps others apart", () => {
		const clock = fakeClock();
		const limiter = createAttemptLimiter(limits, clock);
		for (const key of ["ann", "ben"]) {
			limiter.begin(key);
			limiter.begin(key);
			limiter.begin(key);
		}
		limiter.clear("ann");
		expect(waitOf(limiter, "ann")).toBe(0);
		expect(waitOf(limiter, "ben")).toBe(1000);
		clock.pass(limits.forgetAfterMs);
		expect([waitOf(limiter, "ben"), waitOf(limiter, "ben")]).toEqual([0, 0]);
	});

	it("holds no more keys than allowed: the longest quiet one goes", () => {
		const limiter = createAttemptLimiter({ ...limits, freeAttempts: 1 }, fakeClock());
		for (const key of ["a", "b", "c", "d"]) {
			limiter.begin(key);
		}
		expect(waitOf(limiter, "d")).toBe(1000);
		expect(waitOf(limiter, "a")).toBe(0);
	});
});
