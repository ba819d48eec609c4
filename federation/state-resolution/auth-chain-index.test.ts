import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type StateMap, type StateMapKey, stateMapKey } from "../events/state-key.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import { testEventId } from "../testing/event-factory.ts";
import { walkAuthChain, walkAuthDifference, walkSubgraph } from "../testing/walked-auth-graph.ts";
import { AuthChainIndex, type ChainAddition, type ChainRow, type IndexedEvent } from "./auth-chain-index.ts";
import { authDifference } from "./auth-difference.ts";
import { conflictedStateSubgraph } from "./conflicted-state-subgraph.ts";
import { separateConflicted } from "./separate-conflicted.ts";

type Graph = ReadonlyMap<EventId, IndexedEvent>;

/** Random auth graphs: each event sets one of a few keys and cites up to four earlier events. */
const graphs = fc
	.array(fc.record({ key: fc.nat(4), cites: fc.array(fc.nat(), { maxLength: 4 }) }), { minLength: 1, maxLength: 40 })
	.map((plans): Graph => {
		const ids = plans.map((_, i) => testEventId(`event-${i}`));
		const events = plans.map(({ key, cites }, i): IndexedEvent => {
			const authEvents = i === 0 ? [] : [...new Set(cites.map((cite) => ids[cite % i] as EventId))];
			return { eventId: ids[i] as EventId, type: "m.kind", stateKey: `${key}`, authEvents };
		});
		return new Map(events.map((event) => [event.eventId, event]));
	});

const stateSets = (graph: Graph) => {
	const events = [...graph.values()];
	const stateSet = fc.subarray(events).map((chosen): StateMap => {
		return new Map(chosen.map((event) => [stateMapKey(event.type, event.stateKey ?? ""), event.eventId]));
	});
	return fc.array(stateSet, { minLength: 1, maxLength: 4 });
};

const graphsWithStates = graphs.chain((graph) => fc.tuple(fc.constant(graph), stateSets(graph)));

const build = (graph: Graph) => {
	const index = new AuthChainIndex();
	const additions: ChainAddition[] = [...graph.values()].map((event) => index.add(event));
	return { index, additions };
};

const rowsOf = (additions: readonly ChainAddition[]): readonly ChainRow[] =>
	additions.flatMap(({ row }) => (row === undefined ? [] : [row]));

/** What a reach stands for, event by event. */
const membersOf = (index: AuthChainIndex, from: Iterable<EventId>): ReadonlySet<EventId> =>
	new Set([...index.reach(from)].flatMap(([chain, upTo]) => index.eventsBetween(chain, 0, upTo)));

describe("auth chain index", () => {
	it("RES-INDEX: reaches exactly what walking the auth events reaches", () => {
		fc.assert(
			fc.property(graphsWithStates, ([graph, states]) => {
				const { index } = build(graph);
				for (const state of states) {
					expect(membersOf(index, state.values())).toEqual(walkAuthChain(state.values(), graph));
				}
			}),
			{ numRuns: 500 },
		);
	});

	it("RES-INDEX: is the same again when it is restored from its rows in any order", () => {
		fc.assert(
			fc.property(graphs, fc.integer(), (graph, seed) => {
				const { index, additions } = build(graph);
				const shuffled = (list: readonly ChainRow[]) =>
					[...list].sort((a, b) => ((a.chain * seed) % 7) - ((b.chain * seed) % 7));
				const links = additions.flatMap((addition) => addition.links).reverse();
				const restored = AuthChainIndex.fromRows(shuffled(rowsOf(additions)), links);
				for (const id of graph.keys()) {
					expect(restored.position(id)).toEqual(index.position(id));
					expect(restored.reach([id])).toEqual(index.reach([id]));
				}
				const last = [...graph.keys()].at(-1) as EventId;
				const next = { eventId: testEventId("next"), type: "m.kind", stateKey: "0", authEvents: [last] };
				expect(restored.add(next)).toEqual(index.add(next));
			}),
		);
	});

	it("RES-INDEX: adding an event twice makes no second row", () => {
		const event = { eventId: testEventId("one"), type: "m.kind", stateKey: "", authEvents: [] };
		const index = new AuthChainIndex();
		expect(rowsOf([index.add(event)])).toHaveLength(1);
		expect(index.add(event)).toEqual({ row: undefined, links: [] });
		expect(index.size).toBe(1);
	});

	it("RES-INDEX: a piece of state's history is one chain, and members' joins do not lengthen it", () => {
		const index = new AuthChainIndex();
		const levels: EventId[] = [];
		for (let i = 0; i < 5; i++) {
			const eventId = testEventId(`levels-${i}`);
			index.add({ eventId, type: "m.room.power_levels", stateKey: "", authEvents: levels.slice(-1) });
			levels.push(eventId);
			const join = { type: "m.room.member", stateKey: `@user${i}:one.example`, authEvents: [eventId] };
			index.add({ eventId: testEventId(`join-${i}`), ...join });
		}
		const { chain, sequence } = index.position(levels[4] as EventId) ?? { chain: 0, sequence: 0 };
		expect(index.eventsBetween(chain, 0, sequence)).toEqual(levels);
		expect(index.keyOf(levels[2] as EventId)).toBe(stateMapKey("m.room.power_levels", ""));
	});

	it("RES-INDEX: a chain begins with the number that it is given, and none begins twice", () => {
		const index = new AuthChainIndex();
		const event = (name: string, ...authEvents: readonly EventId[]) => {
			return { eventId: testEventId(name), type: "m.kind", stateKey: "", authEvents };
		};
		expect(index.add(event("first"), 77).row).toMatchObject({ chain: 77, sequence: 1 });
		expect(index.add(event("second", testEventId("first")), 78).row).toMatchObject({ chain: 77, sequence: 2 });
		expect(index.add(event("beside", testEventId("first"))).row).toMatchObject({ chain: 78, sequence: 1 });
		expect(() => index.add(event("again"), 77)).toThrow(/chain 77/);
	});

	it("RES-INDEX: refuses an event whose auth events it does not know, and rows with a gap", () => {
		const index = new AuthChainIndex();
		const orphan = { eventId: testEventId("orphan"), type: "m.kind", stateKey: "", authEvents: [testEventId("gone")] };
		expect(() => index.add(orphan)).toThrow(/not in the auth chain index/);
		const row = { eventId: testEventId("two"), chain: 1, sequence: 2, key: "m.kind\u0000" as StateMapKey };
		expect(() => AuthChainIndex.fromRows([row], [])).toThrow(/gap in chain 1/);
	});
});

describe("sets found through the index", () => {
	it("RES-AUTH-DIFFERENCE: equals union minus intersection of the walked auth chains", () => {
		fc.assert(
			fc.property(graphsWithStates, ([graph, states]) => {
				const { index } = build(graph);
				const separated = separateConflicted(states);
				const full = new Set([...separated.conflicted, ...authDifference(separated, index)]);
				const walked = new Set([...separated.conflicted, ...walkAuthDifference(states, graph)]);
				expect(full).toEqual(walked);
				expect(authDifference(separated, index)).toEqual(walkAuthDifference(states, graph));
			}),
			{ numRuns: 500 },
		);
	});

	it("RES-SUBGRAPH: equals the events on walked paths between conflicted events", () => {
		fc.assert(
			fc.property(graphsWithStates, ([graph, states]) => {
				const { index } = build(graph);
				const { conflicted } = separateConflicted(states);
				expect(conflictedStateSubgraph(conflicted, index)).toEqual(walkSubgraph(conflicted, graph));
			}),
			{ numRuns: 500 },
		);
	});
});
