import { describe, expect, it } from "vitest";
import { commands } from "./commands.ts";
import { parseDuration } from "./parse-duration.ts";
import { helpLines, readCall } from "./read-call.ts";

const usageError = (text: string) =>
	expect.objectContaining({ name: "UsageError", message: expect.stringContaining(text) });

describe("the command line", () => {
	it("finds the command and its options", () => {
		const asked = readCall(["user", "add", "ann", "--display-name", "Ann Lee", "--owner"]);
		expect(asked).toMatchObject({
			kind: "call",
			command: { words: ["user", "add"] },
			call: { positionals: ["ann"], values: { "display-name": "Ann Lee", owner: true } },
		});
	});

	it.each([[[]], [["help"]], [["user", "add", "--help"]], [["-h"]]])("answers %j with the help", (args) => {
		expect(readCall(args)).toEqual({ kind: "help" });
	});

	it("has a line of help for each command", () => {
		const help = helpLines().join("\n");
		for (const command of commands) {
			expect(help).toContain(command.words.join(" "));
			expect(help).toContain(command.summary);
		}
	});

	it.each([[["user"]], [["user", "drop", "ann"]], [["__proto__"]]])("knows no %j", (args) => {
		expect(() => readCall(args)).toThrowError(usageError("no such command"));
	});

	it.each([
		[["user", "add"]],
		[["user", "add", "ann", "ben"]],
		[["user", "add", "ann", "--password", "secret words"]],
		[["user", "disable", "ann", "--owner"]],
		[["stats", "now"]],
	])("says how %j is meant, without repeating it", (args) => {
		expect(() => readCall(args)).toThrowError(usageError("usage: npm run kith -- "));
		expect(() => readCall(args)).not.toThrowError(/secret words/);
	});
});

describe("durations", () => {
	it.each([
		["30m", 1_800_000],
		["12h", 43_200_000],
		["7d", 604_800_000],
		["2w", 1_209_600_000],
	])("reads %s", (text, durationMs) => {
		expect(parseDuration(text)).toBe(durationMs);
	});

	it.each(["", "7", "0d", "-1d", "1.5h", "7 d", "999999w", "7x", "d"])("refuses %j", (text) => {
		expect(() => parseDuration(text)).toThrowError(usageError("no duration"));
	});
});
