import { describe, expect, it } from "vitest";
import { checkDisplayName, cleanDeviceName } from "./check-display-name.ts";

describe("display names", () => {
	it.each([
		["  Ann Lee ", "Ann Lee"],
		["محمد", "محمد"],
		["👩‍👩‍👧 us", "👩‍👩‍👧 us"],
		["O'Brien; DROP TABLE users", "O'Brien; DROP TABLE users"],
	])("keeps %j", (displayName, stored) => {
		expect(checkDisplayName(displayName)).toBe(stored);
	});

	it.each([
		["nothing visible", "\u200b\u200b"],
		["a NUL", "Ann\u0000"],
		["a line feed within", "Ann\nLee"],
		["text turned around", "Ann\u202Eeel"],
		["half a surrogate pair", "Ann\ud83d"],
		["too long a name", "a".repeat(121)],
	])("refuses %s", (_, displayName) => {
		expect(() => checkDisplayName(displayName)).toThrowError(expect.objectContaining({ code: "bad-input" }));
	});
});

describe("device names", () => {
	it("leaves out what is unfit, and has a name for what is left empty", () => {
		expect(cleanDeviceName("Ann's\u0000 phone\u202E")).toBe("Ann's phone");
		expect(cleanDeviceName("\u0007")).toBe("unnamed device");
		expect([...cleanDeviceName("🦊".repeat(100))]).toHaveLength(64);
	});
});
