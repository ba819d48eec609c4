import { describe, expect, it } from "vitest";
import { createSpareTurns, type SpareWork } from "./spare-turns.ts";

/** One slot, that a run may want, and work that ends when the test says so. */
const openSlot = () => {
	const state = { isFree: true, isWanted: false, begun: [] as string[], most: 0 };
	const ends = new Map<string, (isOver: boolean) => void>();
	const turns = createSpareTurns<string>({
		take: () => {
			if (!state.isFree) return undefined;
			state.isFree = false;
			return "slot";
		},
		giveBack: () => {
			state.isFree = true;
		},
		isWanted: () => state.isWanted,
	});
	const work = (name: string, isShort = false): SpareWork<string> => ({
		isShort,
		run: (_, giveWay) => {
			state.begun.push(name);
			return new Promise((resolve) => {
				ends.set(name, resolve);
				giveWay.addEventListener("abort", () => resolve(false));
			});
		},
	});
	const settle = () => new Promise((resolve) => setImmediate(resolve));
	const end = async (name: string) => {
		ends.get(name)?.(true);
		await settle();
	};
	return { state, turns, work, end, settle };
};

describe("spare turns", () => {
	it("go to one work after the other, short ones first", async () => {
		const { state, turns, work, end } = openSlot();
		for (const name of ["a", "b"]) turns.enter(work(name));
		turns.enter(work("question", true));
		expect(state.begun).toEqual(["a"]);
		for (const name of ["a", "question", "b"]) await end(name);
		expect(state.begun).toEqual(["a", "question", "b"]);
		expect(state.isFree).toBe(true);
	});

	it("begin while nobody wants the slot, and not before", async () => {
		const { state, turns, work } = openSlot();
		state.isWanted = true;
		turns.enter(work("a"));
		expect(state.begun).toEqual([]);
		state.isWanted = false;
		turns.pump();
		expect(state.begun).toEqual(["a"]);
	});

	it("give way at once, and come back when the slot is free again", async () => {
		const { state, turns, work, end, settle } = openSlot();
		turns.enter(work("a"));
		turns.enter(work("b"));
		state.isWanted = true;
		turns.giveWay();
		await settle();
		expect(state.isFree).toBe(true);
		expect(state.begun).toEqual(["a"]);
		state.isWanted = false;
		turns.pump();
		await end("a");
		expect(state.begun).toEqual(["a", "a", "b"]);
	});

	it("are not for what has left", async () => {
		const { state, turns, work, end } = openSlot();
		turns.enter(work("a"));
		const leave = turns.enter(work("b"));
		turns.enter(work("c"));
		leave();
		await end("a");
		expect(state.begun).toEqual(["a", "c"]);
	});
});
