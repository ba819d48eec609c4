import { describe, expect, it } from "vitest";
import { clockTime, dayLabel, listTime } from "./dates.ts";

const noon = new Date(2026, 10, 16, 12, 0).getTime();
const hours = (count: number) => count * 3_600_000;

describe("dayLabel", () => {
	it("knows today and yesterday by the calendar, not by hours", () => {
		expect(dayLabel(noon - hours(11), noon)).toBe("Today");
		expect(dayLabel(noon - hours(13), noon)).toBe("Yesterday");
	});

	it("leaves the year out only within it", () => {
		expect(dayLabel(noon - hours(24 * 10), noon)).not.toContain("2026");
		expect(dayLabel(noon - hours(24 * 400), noon)).toContain("2025");
	});
});

describe("listTime", () => {
	it("is the hour today, the weekday this week, else a date", () => {
		expect(listTime(noon - hours(2), noon)).toBe(clockTime(noon - hours(2)));
		expect(listTime(noon - hours(48), noon)).toMatch(/^\p{L}+$/u);
		expect(listTime(noon - hours(24 * 30), noon)).toMatch(/\d/);
	});
});
