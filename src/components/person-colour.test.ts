import { describe, expect, it } from "vitest";
import { initials, personColour } from "./person-colour.ts";

describe("initials", () => {
	it.each([
		["Lotte Haverkamp", "LH"],
		["samir", "S"],
		["Marek van Dvořák", "MD"],
		["  ", "?"],
		["🎉 Party", "P"],
		["𠮷野 家", "𠮷家"],
	])("of %s are %s", (name, expected) => {
		expect(initials(name)).toBe(expected);
	});
});

describe("personColour", () => {
	it("stays within the ten colours and spreads over all of them", () => {
		const colours = new Set(Array.from({ length: 500 }, (_, index) => personColour(`@person${index}:kith.example`)));
		expect([...colours].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
	});
});
