import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { windowStep } from "../../wire/assistant-limits.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import { countOfBest, endsOfParts, startOfNewest } from "./fit-messages.ts";
import { createTokenCalibration } from "./token-calibration.ts";

const costs = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 120 });
const words = fc
	.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
	.map((units) => String.fromCharCode(...units));
const room = fc.integer({ min: 200, max: 5000 });
const sum = (values: readonly number[]): number => values.reduce((one, other) => one + other, 0);

describe("an estimate of tokens", () => {
	it("takes a token for three and a half ASCII letters, and for one and a half others", () => {
		expect(estimateTokens("")).toBe(0);
		expect(estimateTokens("a".repeat(35))).toBe(10);
		expect(estimateTokens("ж".repeat(15))).toBe(10);
		expect(estimateTokens(`${"a".repeat(35)}${"字".repeat(15)}`)).toBe(20);
	});

	it("never shrinks when a text grows", () => {
		fc.assert(
			fc.property(words, words, (one, other) => {
				expect(estimateTokens(one + other)).toBeGreaterThanOrEqual(estimateTokens(one));
				expect(estimateTokens(one + other)).toBeLessThanOrEqual(estimateTokens(one) + estimateTokens(other));
			}),
		);
	});
});

describe("calibration", () => {
	it("follows a higher count at once, a lower one slowly, and never goes below the estimate or above two and a half", () => {
		const calibration = createTokenCalibration();
		calibration.observe(100, 180);
		expect(calibration.apply(100)).toBe(180);
		calibration.observe(100, 90);
		expect(calibration.apply(1000)).toBeGreaterThan(1750);
		expect(calibration.apply(1000)).toBeLessThan(1800);
		for (let time = 0; time < 1000; time += 1) calibration.observe(100, 10);
		expect(calibration.apply(1000)).toBeLessThanOrEqual(1001);
		calibration.observe(100, 100_000);
		expect(calibration.apply(100)).toBe(250);
		calibration.observe(3, 30);
		expect(calibration.apply(100)).toBe(250);
	});

	it("is never below an estimate, whatever was counted", () => {
		const observation = fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 100_000 }));
		fc.assert(
			fc.property(fc.array(observation), fc.integer({ min: 0, max: 100_000 }), (seen, estimated) => {
				const calibration = createTokenCalibration();
				for (const [one, other] of seen) calibration.observe(one, other);
				expect(calibration.apply(estimated)).toBeGreaterThanOrEqual(estimated);
				expect(calibration.apply(estimated)).toBeLessThanOrEqual(Math.ceil(estimated * 2.5));
			}),
		);
	});
});

describe("the newest messages that fit", () => {
	it("are a whole suffix within the budget, and begin at a step of the chat where anything is left out", () => {
		fc.assert(
			fc.property(costs, room, fc.integer({ min: 0, max: windowStep - 1 }), (all, tokens, offset) => {
				const start = startOfNewest(all, tokens, offset);
				expect(sum(all.slice(start))).toBeLessThanOrEqual(tokens);
				expect(start).toBeLessThan(all.length);
				const hasStep = all.some((_, index) => index >= start && (index + offset) % windowStep === 0);
				if (start > 0 && hasStep) expect((start + offset) % windowStep).toBe(0);
				if (sum(all) <= tokens) expect(start).toBe(0);
			}),
		);
	});

	it("keep their beginning while messages are added, for a step at a time", () => {
		const starts = Array.from({ length: 60 }, (_, more) => startOfNewest(Array(60 + more).fill(10), 600));
		expect(new Set(starts)).toEqual(new Set([0, 20, 40, 60]));
	});

	it("are refused where the last one alone is too long: it is not cut", () => {
		expect(() => startOfNewest([1, 700], 600)).toThrow(expect.objectContaining({ reason: "too-long" }));
		expect(startOfNewest([], 600)).toBe(0);
	});
});

describe("the best messages", () => {
	it("are the longest beginning that fits", () => {
		fc.assert(
			fc.property(costs, room, (all, tokens) => {
				const count = countOfBest(all, tokens);
				expect(sum(all.slice(0, count))).toBeLessThanOrEqual(tokens);
				if (count < all.length) expect(sum(all.slice(0, count + 1))).toBeGreaterThan(tokens);
			}),
		);
		expect(() => countOfBest([700, 1], 600)).toThrow(expect.objectContaining({ reason: "too-long" }));
	});
});

describe("the parts of a long range", () => {
	it("hold every message once, in order, each part within the budget", () => {
		fc.assert(
			fc.property(costs, room, (all, tokens) => {
				const ends = endsOfParts(all, { room: tokens, mostParts: 1000 });
				expect(ends.at(-1)).toBe(all.length);
				for (const [index, end] of ends.entries()) {
					const part = all.slice(ends[index - 1] ?? 0, end);
					expect(part.length).toBeGreaterThan(0);
					expect(sum(part)).toBeLessThanOrEqual(tokens);
				}
			}),
		);
	});

	it("are refused rather than cut", () => {
		const tooLong = expect.objectContaining({ reason: "too-long" });
		expect(() => endsOfParts([10, 601], { room: 600, mostParts: 8 })).toThrow(tooLong);
		expect(() => endsOfParts(Array(9).fill(600), { room: 600, mostParts: 8 })).toThrow(tooLong);
		expect(endsOfParts(Array(8).fill(600), { room: 600, mostParts: 8 })).toHaveLength(8);
	});
});
