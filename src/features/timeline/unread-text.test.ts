import { describe, expect, it } from "vitest";
import { unreadText } from "./unread-text.ts";

describe("the words of the unread divider", () => {
	const at = (day: number, hour: number, year = 2026) => new Date(year, 10, day, hour, 31).getTime();
	const noon = at(16, 12);

	it("say since when, as near as that is worth knowing", () => {
		expect(unreadText(undefined, noon)).toBe("New messages");
		expect(unreadText(at(16, 9), noon)).toMatch(/^New since 0?9:31/);
		expect(unreadText(at(15, 9), noon)).toMatch(/^New since yesterday, 0?9:31/);
		expect(unreadText(at(12, 9), noon)).toMatch(/^New since \D*12/);
		expect(unreadText(at(12, 9, 2025), noon)).toContain("2025");
	});
});
