import { describe, expect, it } from "vitest";
import { appErrorCodes } from "../wire/error.ts";
import { en } from "./en.ts";
import { text } from "./text.ts";

describe("text", () => {
	it("fills in what the entry names", () => {
		expect(text("service.invited", { name: "Lotte", other: "Samir" })).toBe("Lotte invited Samir");
	});

	it("leaves a value alone that looks like a placeholder", () => {
		expect(text("invite.title", { name: "{other}" })).toBe("{other} invites you");
	});

	it("chooses the number by count", () => {
		expect(text("room.people", { count: 1 })).toBe("1 person");
		expect(text("room.people", { count: 0 })).toBe("0 people");
	});

	it("has words for every code a call can fail with", () => {
		const missing = appErrorCodes.filter((code) => !(`error.${code}` in en));
		expect(missing).toEqual([]);
	});
});
