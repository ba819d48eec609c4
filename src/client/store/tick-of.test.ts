import { describe, expect, it } from "vitest";
import { tickOf } from "./tick-of.ts";

const read = (userId: string, position: string) => ({ userId, position, ts: 0 });

describe("tickOf", () => {
	it("is sent until everybody's device has it, read once everybody has read it", () => {
		const facts = { joinedCount: 3, progress: { reads: [read("@a:x", "10"), read("@b:x", "9")] } };
		expect(tickOf("10", facts)).toBe("sent");
		expect(tickOf("10", { ...facts, progress: { ...facts.progress, deliveredPosition: "10" } })).toBe("delivered");
		expect(tickOf("9", facts)).toBe("read");
	});

	it("stays at sent while nobody else is there", () => {
		expect(tickOf("1", { joinedCount: 1, progress: { reads: [], deliveredPosition: "5" } })).toBe("sent");
	});
});
