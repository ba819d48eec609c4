import { describe, expect, it } from "vitest";
import { type StateMap, stateMapKey } from "../events/state-key.ts";
import { testEventId } from "../testing/event-factory.ts";
import { separateConflicted } from "./separate-conflicted.ts";

const state = (entries: Record<string, string>): StateMap =>
	new Map(Object.entries(entries).map(([type, name]) => [stateMapKey(type, ""), testEventId(name)]));

const ids = (...names: readonly string[]) => new Set(names.map(testEventId));

describe("separating conflicted state", () => {
	it("RES-SEPARATE: a key that one state lacks is conflicted", () => {
		const separated = separateConflicted([state({ a: "a1", b: "b1" }), state({ a: "a1" })]);
		expect(separated.unconflicted).toEqual(state({ a: "a1" }));
		expect(separated.conflicted).toEqual(ids("b1"));
		expect(separated.conflictedBySet).toEqual([ids("b1"), ids()]);
	});

	it("RES-SEPARATE: all values of a disputed key are conflicted, each with the state that holds it", () => {
		const separated = separateConflicted([state({ a: "a1" }), state({ a: "a2" }), state({ a: "a1" })]);
		expect(separated.unconflicted.size).toBe(0);
		expect(separated.conflictedBySet).toEqual([ids("a1"), ids("a2"), ids("a1")]);
	});

	it("RES-SEPARATE: equal states have no conflict, and no states have no state", () => {
		expect(separateConflicted([state({ a: "a1" }), state({ a: "a1" })]).conflicted.size).toBe(0);
		expect(separateConflicted([]).unconflicted.size).toBe(0);
	});
});
