import type { VirtualItem, Virtualizer } from "@tanstack/react-virtual";
import { describe, expect, it } from "vitest";
import { RowSizes } from "./row-sizes.ts";
import type { RowHead } from "./timeline-snapshot.ts";

type List = Virtualizer<HTMLDivElement, HTMLDivElement>;

const listAt = (scrollTop: number, measured: readonly string[] = []): List => {
	const itemSizeCache = new Map(measured.map((key) => [key, 60]));
	return { scrollElement: { scrollTop }, scrollOffset: scrollTop, itemSizeCache } as unknown as List;
};

const itemAt = (start: number): VirtualItem => ({ index: 0, key: "a", start, size: 60, end: start + 60, lane: 0 });

const head: RowHead = {
	key: "a",
	kind: "message",
	eventId: "$a",
	senderId: "@a:a",
	isOwn: false,
	ts: 0,
	length: 10,
	picture: undefined,
	lines: 1,
	isDayStart: true,
	isUnreadStart: false,
	readTs: undefined,
	isFirst: true,
	isLast: true,
};

describe("RowSizes", () => {
	it("moves the reading along with a row above it that is measured for the first time", () => {
		const sizes = new RowSizes();
		expect(sizes.movesReading(itemAt(400), 10, listAt(1000))).toBe(true);
		expect(sizes.movesReading(itemAt(1200), 10, listAt(1000))).toBe(false);
	});

	it("counts from where the browser is about to be while older rows are put in front", () => {
		const sizes = new RowSizes();
		sizes.aheadPx = 5000;
		expect(sizes.movesReading(itemAt(4900), 10, listAt(0))).toBe(true);
		expect(sizes.movesReading(itemAt(5100), 10, listAt(0))).toBe(false);
	});

	it("leaves the reading where it is when the row on the edge grows at its foot", () => {
		const sizes = new RowSizes();
		expect(sizes.movesReading(itemAt(980), 10, listAt(1000, ["a"]))).toBe(false);
		expect(sizes.movesReading(itemAt(900), 10, listAt(1000, ["a"]))).toBe(true);
	});

	it("moves the reading when the first row on the screen loses what stood above its text", () => {
		const sizes = new RowSizes();
		sizes.note(head, 800, 107);
		sizes.note({ ...head, isDayStart: false, isFirst: false }, 800, 60);
		expect(sizes.movesReading(itemAt(1040), -47, listAt(1000, ["a"]))).toBe(true);
		expect(sizes.movesReading(itemAt(1040), -47, listAt(1000, ["a"]))).toBe(false);
	});
});
