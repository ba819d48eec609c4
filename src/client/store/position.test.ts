import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparePositions } from "./position.ts";

describe("comparePositions", () => {
	it("orders as the numbers do, beyond what a double holds", () => {
		fc.assert(
			fc.property(fc.bigInt(-(10n ** 18n), 10n ** 18n), fc.bigInt(-(10n ** 18n), 10n ** 18n), (a, b) => {
				expect(comparePositions(String(a), String(b))).toBe(a < b ? -1 : a > b ? 1 : 0);
			}),
		);
	});
});
