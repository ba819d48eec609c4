import { describe, expect, it } from "vitest";
import { isDigestDue } from "./digest-due.ts";

const daily = { every: "day", hour: 8, weekday: 1, zone: "Europe/Berlin" } as const;
/** A Monday in summer, 08:30 in Berlin. */
const monday = Date.UTC(2026, 5, 15, 6, 30);
const hourMs = 3_600_000;

describe("a digest", () => {
	it("is due in the hour that was chosen, where the room's people are, in summer and in winter", () => {
		expect(isDigestDue(daily, { now: monday, lastAt: undefined })).toBe(true);
		expect(isDigestDue(daily, { now: monday + hourMs, lastAt: undefined })).toBe(false);
		expect(isDigestDue(daily, { now: monday - hourMs, lastAt: undefined })).toBe(false);
		expect(isDigestDue(daily, { now: Date.UTC(2026, 0, 12, 7, 5), lastAt: undefined })).toBe(true);
		expect(isDigestDue({ ...daily, hour: 0, zone: "UTC" }, { now: Date.UTC(2026, 5, 15), lastAt: undefined })).toBe(
			true,
		);
	});

	it("is told once in its hour", () => {
		expect(isDigestDue(daily, { now: monday, lastAt: monday - 60_000 })).toBe(false);
		expect(isDigestDue(daily, { now: monday, lastAt: monday - 24 * hourMs })).toBe(true);
	});

	it("is due on one day of the week where that was chosen", () => {
		const weekly = { ...daily, every: "week" } as const;
		expect(isDigestDue(weekly, { now: monday, lastAt: undefined })).toBe(true);
		expect(isDigestDue(weekly, { now: monday + 24 * hourMs, lastAt: undefined })).toBe(false);
	});

	it("goes by the world's clock in a zone that nobody knows", () => {
		const nowhere = { ...daily, hour: 6, zone: "Nowhere/Land" };
		expect(isDigestDue(nowhere, { now: monday, lastAt: undefined })).toBe(true);
	});
});
