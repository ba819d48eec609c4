/** What must hold for every sequence of events and every content, beyond the single rules. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../json/json-value.ts";
import type { RoomVersionId } from "../room-versions/room-version.ts";
import { alice, bob, carol, dave, levels, membershipOf, versions } from "../testing/authorization-checks.ts";
import { type TestRoom, testRoom } from "../testing/event-factory.ts";
import { authorizeEvent } from "./authorize-event.ts";
import { checkAuthEvents } from "./check-auth-events.ts";
import { levelFields } from "./parse-power-levels.ts";
import { powerLevelRank, userPowerLevel } from "./power-levels.ts";

const anyVersion = fc.constantFrom(...versions("6"));
const people = [alice, bob, carol, dave];
const levelOf = (room: TestRoom, userId: string): number =>
	powerLevelRank(userPowerLevel(room.authState(), userId, room.version));

const level = fc.oneof(fc.constantFrom(0, 50, 59, 60, 61, 80), fc.integer({ min: 0, max: 100 }));
const levelMap = (keys: readonly string[]) =>
	fc.dictionary(fc.constantFrom(...keys), level, { maxKeys: keys.length }).map((map) => map as JsonObject);

/** Whole contents, most of which change too much at once to be allowed. */
const levelsContent = fc.record(
	{
		...Object.fromEntries(levelFields.map((field) => [field, level])),
		events: levelMap(["m.room.power_levels", "m.room.name"]),
		notifications: levelMap(["room"]),
		users: levelMap(people),
	},
	{ requiredKeys: [] },
);

/** One place in the content, set or removed: small edits are what an attacker gets through. */
const place = fc.oneof(
	fc.constantFrom(...levelFields).map((field) => ({ map: undefined, key: field as string })),
	fc.constantFrom(...people).map((key) => ({ map: "users", key })),
	fc.constantFrom("m.room.power_levels", "m.room.name").map((key) => ({ map: "events", key })),
	fc.constant({ map: "notifications", key: "room" }),
);
const edit = fc.record({ sender: fc.constantFrom(bob, carol), place, level: fc.option(level, { nil: undefined }) });
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

const withLevel = (object: JsonObject, key: string, value: JsonValue | undefined): JsonObject => {
	const others = Object.entries(object).filter(([name]) => name !== key);
	return Object.fromEntries(value === undefined ? others : [...others, [key, value]]) as JsonObject;
};
const edited = (room: TestRoom, { place: { map, key }, level: next }: Edit): JsonObject => {
	const current = room.stateEvent("m.room.power_levels")?.content ?? {};
	if (map === undefined) return withLevel(current, key, next);
	return withLevel(current, map, withLevel((current[map] as JsonObject | undefined) ?? {}, key, next));
};

/** Bob and Carol may change levels and have at most 60; Alice stands above them. */
const roomUnderAttack = (id: RoomVersionId, carolLevel: number): TestRoom => {
	const users = { [bob]: 60, [carol]: carolLevel, [dave]: 80 };
	const powerLevels = levels(id, { events: { "m.room.power_levels": carolLevel }, users });
	return testRoom(id, { powerLevels, members: [bob, carol, dave] });
};

test("nobody rises above the highest level of those who act together, and nobody above them falls", () => {
	let accepted = 0;
	fc.assert(
		fc.property(
			anyVersion,
			fc.integer({ min: 0, max: 60 }),
			fc.array(edit, { maxLength: 20 }),
			(id, carolLevel, edits) => {
				const room = roomUnderAttack(id, carolLevel);
				const aliceLevel = levelOf(room, alice);
				for (const change of edits) {
					const content = edited(room, change);
					const event = room.build({ type: "m.room.power_levels", sender: change.sender, stateKey: "", content });
					if (authorizeEvent(event, room.authState(), room.version).kind !== "allowed") continue;
					room.accept(event);
					accepted += 1;
					expect(levelOf(room, bob)).toBeLessThanOrEqual(60);
					expect(levelOf(room, carol)).toBeLessThanOrEqual(60);
					expect(levelOf(room, dave)).toBe(80);
					expect(levelOf(room, alice)).toBe(aliceLevel);
				}
			},
		),
		{ numRuns: 2_000, seed: 20260721 },
	);
	expect(accepted, "the property is about accepted events").toBeGreaterThan(2_000);
});

test.each(versions("6"))("a level below the default rises to the default when its user gives it up (v%s)", (id) => {
	// The rules exempt the sender's own entry from removal checks, so this is the one way up; never above users_default.
	const events = { "m.room.power_levels": 10 };
	const room = testRoom(id, {
		powerLevels: levels(id, { users_default: 30, events, users: { [bob]: 10 } }),
		members: [bob],
	});
	const content = levels(id, { users_default: 30, events });
	const event = room.build({ type: "m.room.power_levels", sender: bob, stateKey: "", content });
	expect(authorizeEvent(event, room.authState(), room.version)).toEqual({ kind: "allowed" });
	room.accept(event);
	expect(levelOf(room, bob)).toBe(30);
});

const joinRule = fc.constantFrom("public", "invite", "knock", "restricted", "knock_restricted", "private");
const ownEvent = fc.oneof(
	fc
		.record({
			membership: fc.constantFrom("join", "invite", "leave", "knock", "ban"),
			target: fc.constantFrom(bob, bob, carol, "@bob2:two.example"),
			extra: fc.constantFrom<JsonObject>({}, { join_authorised_via_users_server: alice }, { third_party_invite: {} }),
		})
		.map(({ membership, target, extra }) =>
			membershipOf(target, membership, { sender: bob, content: { ...extra, membership } }),
		),
	joinRule.map((rule) => ({ type: "m.room.join_rules", sender: bob, stateKey: "", content: { join_rule: rule } })),
	levelsContent.map((content) => ({ type: "m.room.power_levels", sender: bob, stateKey: "", content })),
	fc.constant({ type: "m.room.third_party_invite", sender: bob, stateKey: "token", content: {} }),
	fc.constant({ type: "m.room.message", sender: bob, content: {} }),
);

test("a banned user never joins, nor does anything else, by any own events", () => {
	fc.assert(
		fc.property(anyVersion, joinRule, fc.array(ownEvent, { maxLength: 15 }), (id, rule, specs) => {
			// Even the highest level does not help, and in version 12 not even being a creator.
			const createContent = id === "12" ? { additional_creators: [bob] } : {};
			const powerLevels = levels(id, id === "12" ? {} : { users: { [bob]: 100 } });
			const room = testRoom(id, { joinRule: rule, powerLevels, createContent, members: [bob, carol] });
			room.member(bob, "ban", { sender: alice });
			for (const spec of specs) {
				const event = room.build(spec);
				expect(authorizeEvent(event, room.authState(), room.version).kind).toBe("refused");
			}
		}),
		{ numRuns: 2_000, seed: 20260722 },
	);
});

const wireNames = [
	...levelFields,
	...["events", "notifications", "users", "membership", "join_authorised_via_users_server", "third_party_invite"],
	...["signed", "mxid", "token", "signatures", "public_key", "public_keys", "join_rule", "creator"],
	...["additional_creators", "room_version", "m.federate", "__proto__", bob, carol],
];
const anyJson = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
	object: fc.dictionary(fc.oneof(fc.constantFrom(...wireNames), fc.string()), tie("value"), {
		maxKeys: 5,
		noNullPrototype: false,
	}) as fc.Arbitrary<JsonObject>,
	value: fc.oneof(
		{ depthSize: "small" },
		fc.constantFrom<JsonValue>(null, "join", "invite", "knock", "public", bob, carol, "100", 1.5, 2 ** 53),
		fc.integer(),
		fc.string(),
		fc.boolean(),
		fc.array(tie("value"), { maxLength: 3 }),
		tie("object"),
	),
}));
const membershipContent = fc
	.tuple(fc.constantFrom("join", "invite", "leave", "ban", "knock"), anyJson.object)
	.map(([membership, rest]): JsonObject => ({ ...rest, membership }));
const types = ["create", "member", "power_levels", "join_rules", "third_party_invite", "aliases", "message"];
const anyEvent = fc.record({
	type: fc.constantFrom(...types.map((type) => `m.room.${type}`)),
	sender: fc.constantFrom(...people),
	stateKey: fc.oneof(fc.constantFrom("", "token", ...people), fc.string()),
	isState: fc.boolean(),
	content: fc.oneof(anyJson.object, membershipContent),
});

test("no content of an event or of the state makes authorization throw", () => {
	const decisions = new Map<string, number>();
	fc.assert(
		fc.property(anyVersion, fc.array(anyEvent, { minLength: 1, maxLength: 6 }), (id, specs) => {
			const room = testRoom(id, { members: [bob] });
			for (const { isState, stateKey, ...spec } of specs) {
				const event = room.build({ ...spec, ...(isState ? { stateKey } : {}) });
				const decision = authorizeEvent(event, room.authState(), room.version);
				const { create, version } = room;
				const context = { isRejected: () => false, isSignedBy: () => true, create, version };
				checkAuthEvents({ ...event, authEvents: [create.eventId] }, [create], context);
				const outcome = decision.kind === "allowed" ? "allowed" : decision.rule;
				decisions.set(outcome, (decisions.get(outcome) ?? 0) + 1);
				// Put it in place whatever was decided: the state of a hostile server may hold anything.
				room.accept(event);
			}
		}),
		{ numRuns: 5_000, seed: 20260723 },
	);
	expect(decisions.size, "the contents reach many rules").toBeGreaterThan(20);
});
