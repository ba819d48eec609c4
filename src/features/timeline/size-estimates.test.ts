import { describe, expect, it } from "vitest";
import { SizeEstimates } from "./size-estimates.ts";
import type { RowHead } from "./timeline-snapshot.ts";

const row = (key: string, length: number, extra: Partial<RowHead> = {}): RowHead => ({
	key,
	kind: "message",
	eventId: key,
	senderId: "@a:a",
	isOwn: false,
	ts: 0,
	isDayStart: false,
	isUnreadStart: false,
	readTs: undefined,
	isFirst: true,
	isLast: true,
	length,
	picture: undefined,
	lines: 1,
	...extra,
});

describe("SizeEstimates", () => {
	it("expects more of a longer text and of a narrower screen", () => {
		const sizes = new SizeEstimates();
		const short = sizes.of(row("a", 10), 800);
		expect(sizes.of(row("b", 500), 800)).toBeGreaterThan(short);
		expect(sizes.of(row("c", 500), 320)).toBeGreaterThan(sizes.of(row("d", 500), 800));
		expect(sizes.of(row("e", 10, { lines: 4 }), 800)).toBeGreaterThan(short);
		expect(sizes.of(row("f", 10, { isDayStart: true }), 800)).toBeGreaterThan(short);
	});

	it("learns from what was measured", () => {
		const sizes = new SizeEstimates();
		const before = sizes.of(row("a", 100), 800);
		for (let i = 0; i < 200; i += 1) sizes.learn(row("a", 100), 800, before * 1.5);
		expect(sizes.of(row("b", 100), 800)).toBeCloseTo(before * 1.5, -1);
	});

	it("stays with what it said of a row", () => {
		const sizes = new SizeEstimates();
		const before = sizes.of(row("a", 100), 800);
		sizes.learn(row("a", 100), 800, 400);
		expect(sizes.of(row("a", 300), 320)).toBe(before);
	});
});
