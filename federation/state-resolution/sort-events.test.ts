import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RoomEvent } from "../events/room-event.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import { roomVersions } from "../room-versions/room-versions.ts";
import { testEvent, testEventId, testRoom } from "../testing/event-factory.ts";
import { resolutionSourceOf } from "../testing/resolution-source-of.ts";
import { mainlineSort } from "./mainline-sort.ts";
import { isPowerEvent, powerEventsWithAuthChains } from "./power-events.ts";
import { EventLookup } from "./resolution-source.ts";
import { reverseTopologicalPowerSort } from "./reverse-topological-power-sort.ts";

const version = roomVersions["11"];
const users = { "@alice:one.example": 100, "@bob:one.example": 50, "@carol:one.example": 0 };
const names = Object.keys(users) as (keyof typeof users)[];

/** A room and events that cite each other at random, all on its power levels. */
const tangles = fc
	.array(fc.record({ sender: fc.constantFrom(...names), ts: fc.nat(2), cites: fc.array(fc.nat(), { maxLength: 3 }) }), {
		maxLength: 25,
	})
	.map((plans) => {
		const room = testRoom("11", { powerLevels: { users } });
		const authEvents = [room.create.eventId, room.stateEvent("m.room.power_levels")?.eventId as EventId];
		const ids = plans.map((_, i) => testEventId(`tangle-${(i * 7) % 29}`));
		const events = plans.map(({ sender, ts, cites }, i) => {
			const cited = i === 0 ? [] : [...new Set(cites.map((cite) => ids[cite % i] as EventId))];
			const spec = { type: "m.room.join_rules", sender, stateKey: "", originServerTs: ts };
			return testEvent({ ...spec, name: `tangle-${(i * 7) % 29}`, authEvents: [...authEvents, ...cited] }, version);
		});
		const lookup = new EventLookup(resolutionSourceOf([...room.events.values(), ...events]));
		return { events, lookup };
	});

const byId = (events: readonly RoomEvent[]): ReadonlyMap<EventId, RoomEvent> =>
	new Map(events.map((event) => [event.eventId, event]));

/** The definition: again and again the smallest of those whose cited events are placed. */
const sortedByDefinition = (events: readonly RoomEvent[]): readonly EventId[] => {
	const level = (event: RoomEvent) => users[event.sender as keyof typeof users];
	const rank = (event: RoomEvent) => [-level(event), event.originServerTs, event.eventId] as const;
	const left = new Set(events);
	const placed: EventId[] = [];
	while (left.size > 0) {
		const waiting = new Set([...left].map(({ eventId }) => eventId));
		const free = [...left].filter((event) => !event.authEvents.some((id) => waiting.has(id)));
		const smallest = free.reduce((a, b) => {
			const [x, y] = [rank(a), rank(b)];
			const at = x[0] !== y[0] ? 0 : x[1] !== y[1] ? 1 : 2;
			return x[at] < y[at] ? a : b;
		});
		placed.push(smallest.eventId);
		left.delete(smallest);
	}
	return placed;
};

describe("power events", () => {
	const event = (type: string, stateKey: string | undefined, membership?: string) => {
		const content = membership === undefined ? {} : { membership };
		const state = stateKey === undefined ? {} : { stateKey };
		return testEvent({ name: "event", type, sender: "@alice:one.example", content, ...state }, version);
	};

	it("RES-POWER-EVENTS: power levels, join rules, kicks and bans are power events", () => {
		expect(isPowerEvent(event("m.room.power_levels", ""))).toBe(true);
		expect(isPowerEvent(event("m.room.join_rules", ""))).toBe(true);
		expect(isPowerEvent(event("m.room.member", "@bob:one.example", "leave"))).toBe(true);
		expect(isPowerEvent(event("m.room.member", "@bob:one.example", "ban"))).toBe(true);
	});

	it("RES-POWER-EVENTS: leaving, inviting, topics and what is no state are not", () => {
		expect(isPowerEvent(event("m.room.member", "@alice:one.example", "leave"))).toBe(false);
		expect(isPowerEvent(event("m.room.member", "@bob:one.example", "invite"))).toBe(false);
		expect(isPowerEvent(event("m.room.topic", ""))).toBe(false);
		expect(isPowerEvent(event("m.room.power_levels", undefined))).toBe(false);
	});

	it("RES-POWER-EVENTS: brings the conflicted part of their auth chains along, and nothing else", () => {
		const member = testEvent(
			{ name: "member", type: "m.room.member", sender: "@bob:one.example", stateKey: "@bob:one.example" },
			version,
		);
		const topic = testEvent({ name: "topic", type: "m.room.topic", sender: "@bob:one.example", stateKey: "" }, version);
		const rules = testEvent(
			{
				name: "rules",
				type: "m.room.join_rules",
				sender: "@bob:one.example",
				stateKey: "",
				authEvents: [member.eventId, testEventId("agreed")],
			},
			version,
		);
		expect([...powerEventsWithAuthChains(byId([member, topic, rules])).keys()].sort()).toEqual(
			[member.eventId, rules.eventId].sort(),
		);
	});
});

describe("reverse topological power ordering", () => {
	it("RES-POWER-SORT: is the order that the definition gives, whatever the order of the events", () => {
		fc.assert(
			fc.property(tangles, fc.integer(), ({ events, lookup }, seed) => {
				const shuffled = [...events].sort(
					(a, b) => ((a.eventId.charCodeAt(8) * seed) % 5) - ((b.eventId.charCodeAt(8) * seed) % 5),
				);
				const sorted = reverseTopologicalPowerSort(byId(shuffled), lookup, version);
				expect(sorted.map(({ eventId }) => eventId)).toEqual(sortedByDefinition(events));
			}),
			{ numRuns: 300 },
		);
	});
});

describe("mainline ordering", () => {
	it("RES-MAINLINE: older levels first, then time, then id; events off the mainline come first of all", () => {
		const levels = (name: string, ...authEvents: readonly EventId[]) =>
			testEvent({ name, type: "m.room.power_levels", sender: "@alice:one.example", stateKey: "", authEvents }, version);
		const topic = (name: string, originServerTs: number, ...authEvents: readonly EventId[]) =>
			testEvent(
				{ name, type: "m.room.topic", sender: "@alice:one.example", stateKey: "", authEvents, originServerTs },
				version,
			);
		const first = levels("levels-1");
		const second = levels("levels-2", first.eventId);
		const aside = levels("levels-aside", first.eventId);
		const third = levels("levels-3", second.eventId);
		const lone = levels("levels-lone");
		const topics = [
			topic("off", 99),
			topic("lone", 100, lone.eventId),
			topic("on-first", 50, first.eventId),
			topic("on-aside", 51, aside.eventId),
			topic("on-second-a", 10, second.eventId),
			topic("on-second-b", 10, second.eventId),
			topic("on-third", 1, third.eventId),
		];
		const lookup = new EventLookup(resolutionSourceOf([first, second, aside, third, lone, ...topics]));
		const sorted = mainlineSort([...topics].reverse(), third.eventId, lookup);
		expect(sorted.map(({ eventId }) => eventId)).toEqual(topics.map(({ eventId }) => eventId));
		expect(lookup.missing.size).toBe(0);
	});

	it("RES-MAINLINE: without power levels, by time and id alone", () => {
		const topics = [3, 1, 2].map((originServerTs) =>
			testEvent(
				{
					name: `t${originServerTs}`,
					type: "m.room.topic",
					sender: "@alice:one.example",
					stateKey: "",
					originServerTs,
				},
				version,
			),
		);
		const sorted = mainlineSort(topics, undefined, new EventLookup(resolutionSourceOf(topics)));
		expect(sorted.map((event) => event.originServerTs)).toEqual([1, 2, 3]);
	});
});
