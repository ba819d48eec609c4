import { expect, it } from "vitest";
import { backoffMs } from "./backoff.ts";

const shape = { firstMs: 1_000, longestMs: 60_000 };

it("doubles from failure to failure, up to the longest wait", () => {
	expect([1, 2, 3, 6, 7, 8, 1_000].map((failures) => backoffMs(failures, shape, 0))).toEqual([
		1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000,
	]);
});

it("is shorter by up to a quarter, so that servers that failed together come back apart", () => {
	expect(backoffMs(3, shape, 0.5)).toBe(3_500);
	expect(backoffMs(3, shape, 0.999_999)).toBeGreaterThanOrEqual(3_000);
});
