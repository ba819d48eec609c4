import { describe, expect, it } from "vitest";
import { createRoomReadiness } from "./room-readiness.ts";

const readers = (...userIds: string[]) => ({
	...{ roomId: "!r:x", userIds, settings: { historyVisibility: "shared" as const } },
});

const open = () => {
	const due: (() => void)[] = [];
	const readiness = createRoomReadiness((callback) => {
		due.push(callback);
		return () => undefined;
	});
	return { ...readiness, pass: () => due.splice(0).map((callback) => callback()) };
};

describe("a room's readiness", () => {
	it("is that of these readers with these settings", () => {
		const test = open();
		expect(test.isReady(readers("@a:x"))).toBe(false);
		test.look(readers("@a:x")).found();
		expect(test.isReady(readers("@a:x"))).toBe(true);
		expect(test.isReady(readers("@a:x", "@b:x"))).toBe(false);
		expect(test.isReady({ ...readers("@a:x"), settings: { historyVisibility: "joined" } })).toBe(false);
		expect(test.isReady({ ...readers("@a:x"), roomId: "!other:x" })).toBe(false);
	});

	it("ends with any doubt, one that comes while it is looked at too", () => {
		const test = open();
		test.look(readers("@a:x")).found();
		test.doubt();
		expect(test.isReady(readers("@a:x"))).toBe(false);
		const looking = test.look(readers("@a:x"));
		test.doubt();
		looking.found();
		expect(test.isReady(readers("@a:x"))).toBe(false);
	});

	it("ends after a while: what a device could not give then it may give now", () => {
		const test = open();
		test.look(readers("@a:x")).found();
		test.pass();
		expect(test.isReady(readers("@a:x"))).toBe(false);
	});
});
