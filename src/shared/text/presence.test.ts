import { describe, expect, it } from "vitest";
import { clockTime, dateText } from "./dates.ts";
import { presenceText, typingText } from "./presence.ts";

const noon = new Date(2026, 10, 16, 12, 0).getTime();
const hours = (count: number) => count * 3_600_000;

describe("typingText", () => {
	it("names one and two, counts more, and says nothing of nobody", () => {
		expect(typingText([], false)).toBeUndefined();
		expect(typingText(["Lotte"], false)).toBe("Lotte is typing…");
		expect(typingText(["Lotte", "Samir"], false)).toBe("Lotte and Samir are typing…");
		expect(typingText(["Lotte", "Samir", "Ruth"], false)).toBe("3 people are typing…");
	});

	it("needs no name in a direct chat", () => {
		expect(typingText(["Lotte"], true)).toBe("typing…");
		expect(typingText([], true)).toBeUndefined();
	});
});

describe("presenceText", () => {
	it("says nothing of whom nothing is known or told", () => {
		expect(presenceText(undefined, noon)).toBeUndefined();
		expect(presenceText({ isOnline: false }, noon)).toBeUndefined();
	});

	it("is online, or when somebody was last there by the calendar", () => {
		const seen = (ts: number) => presenceText({ isOnline: false, lastSeenTs: ts }, noon);
		expect(presenceText({ isOnline: true, lastSeenTs: noon }, noon)).toBe("online");
		expect(seen(noon - hours(2))).toBe(`last seen today at ${clockTime(noon - hours(2))}`);
		expect(seen(noon - hours(13))).toBe(`last seen yesterday at ${clockTime(noon - hours(13))}`);
		expect(seen(noon - hours(50))).toBe(`last seen on ${dateText(noon - hours(50))}`);
	});
});
