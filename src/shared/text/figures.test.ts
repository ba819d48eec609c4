import { describe, expect, it } from "vitest";
import { bytesText, countText } from "./figures.ts";

describe("figures", () => {
	it("shortens large counts only", () => {
		expect(countText(0)).toBe("0");
		expect(countText(9_999)).toMatch(/^9\D?999$/);
		expect(countText(1_234_567)).toMatch(/^1[.,]2\D/);
	});

	it.each([
		[0, /^0\s?kB$/],
		[1_500, /^2\s?kB$/],
		[12_340_000, /^12[.,]3\s?MB$/],
		[5_000_000_000, /^5\s?GB$/],
		[7e15, /^7\D?000\s?TB$/],
	])("says %d bytes in the unit that fits", (sizeBytes, words) => {
		expect(bytesText(sizeBytes)).toMatch(words);
	});
});
