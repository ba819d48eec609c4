import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { type Appearance, appearanceOf, attributesOf } from "./appearance.ts";
import { appearanceKey } from "./kept-appearance.ts";

const shipped: Appearance = { mode: "system", theme: "tide", messageSize: undefined, isCompact: false, isStill: false };
const chosen: Appearance = { mode: "dark", theme: "moss", messageSize: 17, isCompact: true, isStill: true };

/** Runs what the page runs before its first paint, on a browser that kept this. */
const paintFirst = (kept: string | null): Record<string, string> => {
	const dataset: Record<string, string> = {};
	const localStorage = { getItem: (key: string) => (key === appearanceKey ? kept : null) };
	runInNewContext(readFileSync("public/appearance.js", "utf8"), {
		document: { documentElement: { dataset } },
		localStorage,
	});
	return dataset;
};

describe("the look of a device", () => {
	it("is kept as attributes, and comes back as it was", () => {
		expect(attributesOf(shipped)).toEqual({});
		for (const look of [shipped, chosen]) expect(appearanceOf(attributesOf(look))).toEqual(look);
	});

	it("is as shipped where anything unknown was kept", () => {
		expect(appearanceOf({ theme: "neon", chatTheme: "rust", messageSize: "99", rows: 1, motion: null })).toEqual(
			shipped,
		);
	});

	it("is there before the first paint", () => {
		expect(paintFirst(JSON.stringify(attributesOf(chosen)))).toEqual(attributesOf(chosen));
	});

	it.each([null, "{}", "not json", "null", "3"])("is as shipped for a browser that kept %j", (kept) => {
		expect(attributesOf(appearanceOf(paintFirst(kept)))).toEqual({});
	});
});
