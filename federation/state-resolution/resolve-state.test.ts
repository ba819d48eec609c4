import { describe, expect, it } from "vitest";
import type { RoomEvent } from "../events/room-event.ts";
import { type StateMap, stateMapKey } from "../events/state-key.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { RoomVersionId } from "../room-versions/room-version.ts";
import { type TestRoom, testRoom } from "../testing/event-factory.ts";
import { resolutionSourceOf } from "../testing/resolution-source-of.ts";
import { resolveState, tryResolveState } from "./resolve-state.ts";

const alice = "@alice:one.example";
const bob = "@bob:two.example";
const carol = "@carol:two.example";

const levels = (versionId: RoomVersionId, others: JsonObject): JsonObject => ({
	users: versionId === "12" ? others : { [alice]: 100, ...others },
});

/** A public room of Alice's in which Bob may do what takes a level of 50, and Carol nothing. */
const room = (versionId: RoomVersionId): TestRoom =>
	testRoom(versionId, { joinRule: "public", powerLevels: levels(versionId, { [bob]: 50 }), members: [bob, carol] });

const resolve = (rooms: readonly TestRoom[], rejected: readonly RoomEvent[] = []): StateMap => {
	const [first] = rooms;
	if (first === undefined) throw new Error("nothing to resolve");
	const source = resolutionSourceOf(first.events.values(), new Set(rejected.map(({ eventId }) => eventId)));
	const states = rooms.map((branch) => branch.stateMap());
	const resolved = resolveState(states, source, first.version);
	expect(resolveState([...states].reverse(), source, first.version)).toEqual(resolved);
	return resolved;
};

const at = (state: StateMap, type: string, stateKey = ""): EventId | undefined =>
	state.get(stateMapKey(type, stateKey));

const topic = (branch: TestRoom, sender: string, originServerTs: number): RoomEvent =>
	branch.append({ type: "m.room.topic", sender, stateKey: "", content: {}, originServerTs });

describe.each(["6", "11", "12"] as const)("resolution in version %s", (versionId) => {
	it("RES-ALGORITHM: a ban undoes what the banned did meanwhile", () => {
		const base = room(versionId);
		const [one, two] = [base.fork("one"), base.fork("two")];
		const ban = one.member(bob, "ban", { sender: alice });
		topic(two, bob, 0);
		const resolved = resolve([one, two]);
		expect(at(resolved, "m.room.member", bob)).toBe(ban.eventId);
		expect(at(resolved, "m.room.topic")).toBeUndefined();
	});

	it("RES-ALGORITHM: a demotion undoes the topic, whichever came first by the clock", () => {
		const base = room(versionId);
		const [one, two] = [base.fork("one"), base.fork("two")];
		const before = at(base.stateMap(), "m.room.power_levels");
		const content = levels(versionId, { [bob]: 0 });
		const demotion = one.append({
			type: "m.room.power_levels",
			sender: alice,
			stateKey: "",
			content,
			originServerTs: 9e6,
		});
		topic(two, bob, 0);
		const resolved = resolve([one, two]);
		expect(at(resolved, "m.room.power_levels")).toBe(demotion.eventId);
		expect(demotion.eventId).not.toBe(before);
		expect(at(resolved, "m.room.topic")).toBeUndefined();
	});

	it("RES-POWER-SORT: of two power events the one of the stronger sender holds first", () => {
		const base = room(versionId);
		const [one, two] = [base.fork("one"), base.fork("two")];
		const content = { ...levels(versionId, { [bob]: 50 }), ban: 50 };
		two.append({ type: "m.room.power_levels", sender: bob, stateKey: "", content, originServerTs: 0 });
		const ban = one.member(bob, "ban", { sender: alice, originServerTs: 9e6 });
		const resolved = resolve([one, two]);
		expect(at(resolved, "m.room.member", bob)).toBe(ban.eventId);
		expect(at(resolved, "m.room.power_levels")).toBe(at(base.stateMap(), "m.room.power_levels"));
	});

	it("RES-MAINLINE: what stands on newer power levels wins over what claims a later time", () => {
		const base = room(versionId);
		const [one, two] = [base.fork("one"), base.fork("two")];
		const content = levels(versionId, { [bob]: 60 });
		const promoted = one.append({ type: "m.room.power_levels", sender: alice, stateKey: "", content });
		const onNewer = topic(one, bob, 1);
		topic(two, bob, 9e9);
		const resolved = resolve([one, two]);
		expect(at(resolved, "m.room.power_levels")).toBe(promoted.eventId);
		expect(at(resolved, "m.room.topic")).toBe(onNewer.eventId);
	});

	it("RES-MAINLINE: on the same power levels the later wins, then the greater id", () => {
		const base = room(versionId);
		const [one, two, three] = [base.fork("one"), base.fork("two"), base.fork("three")];
		topic(one, alice, 5);
		const [a, b] = [topic(two, alice, 7), topic(three, bob, 7)];
		const greater = a.eventId > b.eventId ? a : b;
		expect(at(resolve([one, two, three]), "m.room.topic")).toBe(greater.eventId);
	});

	it("RES-ITERATIVE: what the state lacks is taken from the event's own auth events, unless rejected", () => {
		const base = room(versionId);
		const [one, two] = [base.fork("one"), base.fork("two")];
		const join = one.member("@dan:three.example", "join");
		const named = one.append({
			type: "m.room.member",
			sender: "@dan:three.example",
			stateKey: "@dan:three.example",
			content: { membership: "join", displayname: "Dan" },
		});
		topic(two, alice, 3);
		expect(at(resolve([one, two]), "m.room.member", "@dan:three.example")).toBe(named.eventId);
		const joinRules = base.stateEvent("m.room.join_rules") as RoomEvent;
		const withoutRules = new Map(one.stateMap());
		withoutRules.delete(stateMapKey("m.room.join_rules", ""));
		const other = new Map(withoutRules);
		other.delete(stateMapKey("m.room.member", "@dan:three.example"));
		const states = [withoutRules, other];
		const source = (rejected: readonly RoomEvent[]) =>
			resolutionSourceOf(base.events.values(), new Set(rejected.map(({ eventId }) => eventId)));
		const member = (state: StateMap) => at(state, "m.room.member", "@dan:three.example");
		expect(member(resolveState(states, source([]), base.version))).toBe(named.eventId);
		// With the join rules rejected nobody joins a room that has none; the second event then has no join to stand on.
		expect(member(resolveState(states, source([joinRules, join]), base.version))).toBeUndefined();
	});

	it("RES-ALGORITHM: what all states agree on stays", () => {
		const base = room(versionId);
		const [one, two] = [base.fork("one"), base.fork("two")];
		topic(one, alice, 1);
		topic(two, alice, 2);
		const resolved = resolve([one, two]);
		for (const [key, eventId] of base.stateMap()) expect(resolved.get(key)).toBe(eventId);
		expect(resolved.size).toBe(base.stateMap().size + 1);
	});

	it("RES-MISSING: names the events it lacks, in few rounds, and then resolves as if it had had them", () => {
		const base = room(versionId);
		for (let i = 0; i < 30; i++) {
			const content = { ...levels(versionId, { [bob]: 50 }), invite: i };
			base.append({ type: "m.room.power_levels", sender: alice, stateKey: "", content });
		}
		const [one, two] = [base.fork("one"), base.fork("two")];
		one.member(bob, "ban", { sender: alice });
		topic(two, bob, 0);
		topic(one, alice, 0);
		const states = [one.stateMap(), two.stateMap()];
		const whole = resolutionSourceOf(base.events.values());
		const loaded = new Map<EventId, RoomEvent>();
		const source = { ...whole, event: (id: EventId) => loaded.get(id) };
		expect(() => resolveState(states, source, base.version)).toThrow(/lacks/);
		let rounds = 0;
		let resolution = tryResolveState(states, source, base.version);
		for (; resolution.kind === "missing"; resolution = tryResolveState(states, source, base.version)) {
			for (const id of resolution.events) {
				expect(loaded.has(id)).toBe(false);
				loaded.set(id, whole.event(id) as RoomEvent);
			}
			rounds += 1;
		}
		// The conflict, what the power events are checked against, the mainline.
		expect(rounds).toBeLessThanOrEqual(3);
		expect(resolution.state).toEqual(resolveState(states, whole, base.version));
	});
});

/** Both scenarios begin with one branch and a state that is wrong at one key, as a server may have been given. */
describe.each([
	["11", "v2"],
	["12", "v2.1"],
] as const)("resolution of a wrong state in version %s (%s)", (versionId, algorithm) => {
	const withValue = (state: StateMap, type: string, event: RoomEvent | undefined): StateMap =>
		new Map(state).set(stateMapKey(type, ""), event?.eventId as EventId);

	it("RES-ALGORITHM: 2.1 starts from nothing, so that who left since has still sent what was sent before", () => {
		const base = room(versionId);
		const open = base.stateEvent("m.room.join_rules");
		const content = { join_rule: "invite" };
		const closed = base.append({ type: "m.room.join_rules", sender: alice, stateKey: "", content });
		base.member(alice, "leave");
		const states = [base.stateMap(), withValue(base.stateMap(), "m.room.join_rules", open)];
		const resolved = resolveState(states, resolutionSourceOf(base.events.values()), base.version);
		expect(at(resolved, "m.room.join_rules")).toBe(algorithm === "v2.1" ? closed.eventId : undefined);
	});

	it("RES-SUBGRAPH: 2.1 goes over the undisputed levels between disputed ones instead of back to the first", () => {
		const base = testRoom(versionId, { joinRule: "public", powerLevels: levels(versionId, {}), members: [bob] });
		const first = base.stateEvent("m.room.power_levels");
		const set = (sender: string, others: JsonObject) =>
			base.append({ type: "m.room.power_levels", sender, stateKey: "", content: levels(versionId, others) });
		set(alice, { [bob]: 50 });
		base.member(carol, "join");
		const last = set(bob, { [bob]: 50, [carol]: 10 });
		const states = [base.stateMap(), withValue(base.stateMap(), "m.room.power_levels", first)];
		const resolved = resolveState(states, resolutionSourceOf(base.events.values()), base.version);
		expect(at(resolved, "m.room.power_levels")).toBe(algorithm === "v2.1" ? last.eventId : first?.eventId);
	});
});
