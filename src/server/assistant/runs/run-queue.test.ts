import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRunQueue, type QueuedWork } from "./run-queue.ts";

/** A queue over some slots, in which work ends when it is told to. */
const openQueue = (slotCount: number) => {
	const free = Array.from({ length: slotCount }, (_, index) => index);
	const begun: string[] = [];
	const positions = new Map<string, number>();
	const ends = new Map<string, () => void>();
	let most = 0;
	const queue = createRunQueue<number>(
		() => free.pop(),
		(slot) => free.push(slot),
	);
	const work = (name: string, owner = name, isInteractive = true): QueuedWork<number> => ({
		owner,
		isInteractive,
		onPosition: (position) => positions.set(name, position),
		run: () => {
			begun.push(name);
			most = Math.max(most, slotCount - free.length);
			return new Promise((resolve) => ends.set(name, () => resolve(() => undefined)));
		},
	});
	const end = async (name: string) => {
		ends.get(name)?.();
		await new Promise((resolve) => setImmediate(resolve));
	};
	return { queue, work, begun, positions, end, mostAtOnce: () => most };
};

describe("the queue of runs", () => {
	it("runs one at a time on one slot, in order, and tells the positions as they change", async () => {
		const { queue, work, begun, positions, end } = openQueue(1);
		for (const name of ["a", "b", "c"]) queue.enter(work(name));
		expect(begun).toEqual(["a"]);
		expect([...positions]).toEqual(Object.entries({ a: 0, b: 1, c: 2 }));
		await end("a");
		expect(begun).toEqual(["a", "b"]);
		expect([...positions]).toEqual(Object.entries({ a: 0, b: 0, c: 1 }));
	});

	it("lets who waits at the screen go before what may take its time", async () => {
		const { queue, work, begun, end } = openQueue(1);
		queue.enter(work("first"));
		queue.enter(work("slow1", "x", false));
		queue.enter(work("slow2", "y", false));
		queue.enter(work("quick1"));
		queue.enter(work("quick2"));
		for (const name of ["first", "quick1", "quick2", "slow1"]) await end(name);
		expect(begun).toEqual(["first", "quick1", "quick2", "slow1", "slow2"]);
	});

	it("takes thirty-two, and two of one person", () => {
		const { queue, work } = openQueue(1);
		const refused = expect.objectContaining({ code: "too-many-requests", retryAfterMs: 15_000 });
		for (let count = 0; count < 3; count += 1) queue.enter(work(`a${count}`, "ann"));
		expect(() => queue.enter(work("a3", "ann"))).toThrow(refused);
		for (let count = 0; count < 30; count += 1) queue.enter(work(`b${count}`));
		expect(queue.waiting()).toBe(32);
		expect(() => queue.enter(work("more"))).toThrow(refused);
	});

	it("lets go of who leaves, and of nobody who has begun", async () => {
		const { queue, work, begun, positions, end } = openQueue(1);
		const leaveFirst = queue.enter(work("a"));
		const leave = queue.enter(work("b"));
		queue.enter(work("c"));
		expect(leaveFirst()).toBe(false);
		expect(leave()).toBe(true);
		expect(leave()).toBe(false);
		expect(positions.get("c")).toBe(1);
		await end("a");
		expect(begun).toEqual(["a", "c"]);
	});

	it("never has more at once than slots, and begins everything in the end", async () => {
		const runs = fc.array(fc.boolean(), { maxLength: 30 });
		await fc.assert(
			fc.asyncProperty(runs, fc.integer({ min: 1, max: 3 }), async (interactive, slots) => {
				const { queue, work, begun, end, mostAtOnce } = openQueue(slots);
				for (const [index, is] of interactive.entries()) queue.enter(work(String(index), String(index), is));
				for (let done = 0; done < begun.length; done += 1) await end(begun[done] ?? "");
				expect(begun.length).toBe(interactive.length);
				expect(new Set(begun).size).toBe(begun.length);
				expect(mostAtOnce()).toBeLessThanOrEqual(slots);
			}),
			{ numRuns: 40 },
		);
	});
});
