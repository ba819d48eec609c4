import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import { createWriteLimiter } from "./write-limiter.ts";

const [ann, bob] = ["@ann:kith.example" as UserId, "@bob:kith.example" as UserId];

const openLimiter = (perMinute = 600) => {
	const clock = { time: 1_000_000, now: () => clock.time };
	const limiter = createWriteLimiter(perMinute, clock);
	/** The time to wait, or undefined when the write may be made. */
	const attempt = (userId = ann, cost?: number): number | undefined => {
		try {
			limiter.begin(userId, cost);
			return undefined;
		} catch (error) {
			if (error instanceof AppError && error.code === "too-many-requests") return error.retryAfterMs;
			throw error;
		}
	};
	const burst = (userId = ann): number => {
		for (let count = 0; ; count++) if (attempt(userId) !== undefined) return count;
	};
	return { clock, attempt, burst };
};

describe("write limiter", () => {
	it("lets a burst of sixty through and then ten a second", () => {
		const { clock, attempt, burst } = openLimiter();
		expect(burst()).toBe(60);
		expect(attempt()).toBe(100);
		clock.time += 99;
		expect(attempt()).toBe(1);
		clock.time += 1;
		expect(attempt()).toBeUndefined();
		clock.time += 1_000;
		expect(burst()).toBe(10);
		clock.time += 3_600_000;
		expect(burst()).toBe(60);
	});

	it("holds nobody up for what another does", () => {
		const { attempt, burst } = openLimiter();
		burst(ann);
		expect(attempt(bob)).toBeUndefined();
	});

	it("lets a write dearer than the allowance through when the allowance is full, and not before", () => {
		const { clock, attempt } = openLimiter();
		expect(attempt(ann, 1000)).toBeUndefined();
		expect(attempt(ann, 1000)).toBe(6_000);
		clock.time += 6_000;
		expect(attempt(ann, 1000)).toBeUndefined();
	});

	it("shuts nobody out when the clock is set back, and is off at 0", () => {
		const { clock, attempt, burst } = openLimiter();
		burst();
		clock.time -= 3_600_000;
		expect(attempt()).toBe(100);
		const off = openLimiter(0);
		for (let i = 0; i < 1000; i++) expect(off.attempt()).toBeUndefined();
	});

	it("never lets more through than the burst and what refilled, however the writes are spaced", () => {
		fc.assert(
			fc.property(fc.array(fc.nat(400), { minLength: 100, maxLength: 400 }), (gaps) => {
				const { clock, attempt } = openLimiter();
				const begun = clock.time;
				let passed = 0;
				for (const gap of gaps) {
					clock.time += gap;
					if (attempt() === undefined) passed += 1;
					expect(passed).toBeLessThanOrEqual(60 + (clock.time - begun) / 100);
				}
			}),
		);
	});

	it("forgets people whose allowance is full, not those who wait", () => {
		const { clock, attempt, burst } = openLimiter();
		for (let i = 0; i < 5_000; i++) attempt(`@p${i}:kith.example` as UserId);
		clock.time += 10_000;
		burst(bob);
		for (let i = 0; i < 5_000; i++) attempt(`@q${i}:kith.example` as UserId);
		expect(attempt(bob)).toBe(100);
	});
});
