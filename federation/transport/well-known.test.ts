import { describe, expect, it } from "vitest";
import { maxWellKnownBytes, readWellKnown, wellKnownErrorLifetimeMs, wellKnownLifetimeMs } from "./well-known.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const hourMs = 3_600_000;
const now = 1_700_000_000_000;

describe("well-known files", () => {
	it("NAME-08 are read for the one name, whatever else is in them", () => {
		expect(readWellKnown(bytes('{"m.server":"m.example:443","x":1.5}'))).toBe("m.example:443");
	});

	it.each([
		["no JSON", "<html>"],
		["no object", '["m.server"]'],
		["no name", "{}"],
		["a name that is none", '{"m.server":"https://m.example"}'],
		["a name that is no text", '{"m.server":8448}'],
		["two names", '{"m.server":"a.example","m.server":"b.example"}'],
		["more than fits", `{"m.server":"a.example","x":"${"x".repeat(maxWellKnownBytes)}"}`],
		["a nest", `{"m.server":"a.example","x":${"[".repeat(99)}${"]".repeat(99)}}`],
	])("NAME-08 with %s say nothing", (_, text) => {
		expect(readWellKnown(bytes(text))).toBeUndefined();
	});

	it.each([
		["a day without headers", {}, 24 * hourMs],
		["as long as max-age says", { cacheControl: "public, max-age=7200" }, 2 * hourMs],
		["less what it lay in a cache", { cacheControl: "max-age=7200", ageSeconds: 3600 }, hourMs],
		["until it expires", { expiresTs: now + 3 * hourMs }, 3 * hourMs],
		["by max-age where there are both", { cacheControl: "Max-Age=3600", expiresTs: now + 9 * hourMs }, hourMs],
		["two days at most", { cacheControl: "max-age=999999999999" }, 48 * hourMs],
		["five minutes at least", { cacheControl: "max-age=0" }, hourMs / 12],
		["five minutes when it must not be stored", { cacheControl: "no-store, max-age=7200" }, hourMs / 12],
		["five minutes when it has expired", { expiresTs: now - 1 }, hourMs / 12],
	])("NAME-09 hold %s", (_, caching, expected) => {
		expect(wellKnownLifetimeMs(caching, now)).toBe(expected);
	});

	it("NAME-09 that fail are asked for again later each time, up to an hour", () => {
		const minutes = (kind: "absent" | "failed") =>
			[1, 2, 3, 4, 5, 8, 5000].map((failures) => wellKnownErrorLifetimeMs(kind, failures) / 60_000);
		expect(minutes("absent")).toEqual([5, 10, 20, 40, 60, 60, 60]);
		expect(minutes("failed")).toEqual([0.5, 1, 2, 4, 8, 60, 60]);
	});
});
