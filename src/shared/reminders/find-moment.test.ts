import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findMoment } from "./find-moment.ts";

/** A Wednesday. */
const written = new Date(2026, 4, 6, 12, 0);
const at = (month: number, day: number, time = "9:00"): number => {
	const [hour, minute] = time.split(":").map(Number);
	return new Date(2026, month - 1, day, hour, minute).getTime();
};
const find = (text: string, language = "en") =>
	findMoment(text, { writtenAt: written.getTime(), now: written.getTime(), language });

describe("a moment that a text names", () => {
	it.each([
		["Let’s meet tomorrow at 9:30", at(5, 7, "9:30")],
		["tomorrow", at(5, 7)],
		["Can you call me today at 5 pm?", at(5, 6, "17:00")],
		["On Friday evening then", at(5, 8, "19:00")],
		["see you Wednesday", at(5, 13)],
		["The 24th of December, noon", at(12, 24, "12:00")],
		["December 24th 2026 at 8", at(12, 24, "8:00")],
		["due 2026-06-01", at(6, 1)],
		["5/9 at 10am", at(5, 9, "10:00")],
		["in 20 minutes", at(5, 6, "12:20")],
		["in 2 hours", at(5, 6, "14:00")],
		["in 3 days at 18:00", at(5, 9, "18:00")],
		["in 2 weeks", at(5, 20)],
		["Be there at 7.15", at(5, 7, "7:15")],
		["on 4 March", new Date(2027, 2, 4, 9).getTime()],
	])("is found in English: %s", (text, moment) => {
		expect(find(text)?.at).toBe(moment);
	});

	it.each([
		["de", "Treffen wir uns morgen um 9 Uhr?", at(5, 7, "9:00")],
		["de", "Übermorgen abend", at(5, 8, "19:00")],
		["de", "Die Miete ist am 1.6. fällig", at(6, 1)],
		["de", "am 24. Dezember um 18:30", at(12, 24, "18:30")],
		["de", "in 2 Stunden", at(5, 6, "14:00")],
		["de", "nächsten Freitag", at(5, 8)],
		["fr", "Demain à 14h30", at(5, 7, "14:30")],
		["fr", "le 3 juin", at(6, 3)],
		["fr", "dans 3 jours", at(5, 9)],
		["es", "el viernes a las 10", at(5, 8, "10:00")],
		["es", "el 3 de junio", at(6, 3)],
		["de", "see you tomorrow", at(5, 7)],
	])("is found in %s: %s", (language, text, moment) => {
		expect(find(text, language)?.at).toBe(moment);
	});

	it.each([
		"Thank you!",
		"It was 3.50 for two",
		"We won 2:1",
		"Version 10.2 is out",
		"yesterday",
		"2020-01-01",
		"on 31/31",
		"We are 4",
		"in 999 weeks",
		"",
	])("is none in: %s", (text) => {
		expect(find(text)).toBeUndefined();
	});

	it("says whether the hour was named", () => {
		expect(find("tomorrow")?.hasHour).toBe(false);
		expect(find("tomorrow at 8")?.hasHour).toBe(true);
	});

	it("is counted from when it was written, and none once it is over", () => {
		const context = { writtenAt: written.getTime(), language: "en" };
		expect(findMoment("tomorrow at 9", { ...context, now: at(5, 7, "8:00") })?.at).toBe(at(5, 7, "9:00"));
		expect(findMoment("tomorrow at 9", { ...context, now: at(5, 7, "10:00") })).toBeUndefined();
	});

	it("lies ahead and near, whatever is written, in whatever language", () => {
		const now = written.getTime();
		const words = fc.constantFrom(
			"at",
			"in",
			"5",
			"12.",
			"/",
			"may",
			"tomorrow",
			"am",
			":",
			"30",
			"friday",
			"2026",
			"-",
			"hours",
		);
		const texts = fc.oneof(
			fc.string({ unit: "binary", maxLength: 80 }),
			fc.array(words, { maxLength: 12 }).map((all) => all.join(" ")),
		);
		fc.assert(
			fc.property(texts, fc.constantFrom("en", "de", "ja", "ar", "xx", "pt-BR"), (text, language) => {
				const found = findMoment(text, { writtenAt: now, now, language });
				if (found === undefined) return;
				expect(found.at).toBeGreaterThan(now);
				expect(found.at).toBeLessThan(now + 401 * 86_400_000);
			}),
		);
	});

	it("is looked for in no time in a text that is made to take long", () => {
		for (const piece of ["1.", "in ", "12 ", "a", "9:", "\u0660"]) find(piece.repeat(200_000));
	});
});
