import { describe, expect, it } from "vitest";
import { checkNewPassword, normalizePassword } from "./check-password.ts";

describe("new passwords", () => {
	it.each(["correct horse", "äöüßéèàçñõ", "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵"])("takes %s", (password) => {
		expect(() => checkNewPassword(password, "ann")).not.toThrow();
	});

	it.each([
		["nine characters", "ninechars", "ann"],
		["ten UTF-16 units that are five characters", "🦊🐻🐼🐨🐯", "ann"],
		["the username", "Annabelle.Lee", "annabelle.lee"],
		["the username with its sigil", "@annabelle.lee", "annabelle.lee"],
		["one letter repeated", "aaaaaaaaaaaaaaa", "ann"],
		["more than anybody types", "ab1".repeat(200), "ann"],
	])("refuses %s", (_, password, localpart) => {
		expect(() => checkNewPassword(password, localpart)).toThrowError(
			expect.objectContaining({ code: "password-too-weak" }),
		);
	});

	it("hashes a password the same however a keyboard composes its accents", () => {
		expect(normalizePassword("cafe\u0301")).toBe(normalizePassword("caf\u00e9"));
	});
});
