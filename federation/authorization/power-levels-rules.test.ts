import { expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../json/json-value.ts";
import type { RoomVersionId } from "../room-versions/room-version.ts";
import {
	alice,
	bob,
	carol,
	dave,
	decide,
	isAllowed,
	isRefusedBy,
	levels,
	versions,
} from "../testing/authorization-checks.ts";
import { testRoom } from "../testing/event-factory.ts";
import type { AuthDecision } from "./auth-decision.ts";
import { levelFields } from "./parse-power-levels.ts";

/** Decides on Bob, an admin who may change levels, sending `next` where `current` is in force. */
const bobChanges = (id: RoomVersionId, current: JsonObject, next: JsonObject): AuthDecision => {
	const room = testRoom(id, { powerLevels: levels(id, current), members: [bob, carol] });
	return decide(room, { type: "m.room.power_levels", sender: bob, stateKey: "", content: levels(id, next) });
};

/** Decides on the creator sending the first power levels of a room. */
const firstLevels = (id: RoomVersionId, content: JsonObject): AuthDecision =>
	decide(testRoom(id), { type: "m.room.power_levels", sender: alice, stateKey: "", content });

const notIntegers: readonly JsonValue[] = ["50", " +050 ", 50.5, true, null, [50], {}];
const neverLevels: readonly JsonValue[] = ["", "abc", "5 0", "0x10", "1e2", "9007199254740993", 50.5, true, null, [50]];

test.each(versions("10"))("AUTH-LEVELS-INTEGERS: refuses strings and everything else but integers (v%s)", (id) => {
	for (const field of levelFields) {
		for (const value of notIntegers) {
			expect(firstLevels(id, { [field]: value })).toMatchObject(isRefusedBy("AUTH-LEVELS-INTEGERS"));
		}
	}
});

test.each(versions("10"))("AUTH-LEVELS-INTEGERS: allows integers, negative ones too (v%s)", (id) => {
	for (const field of levelFields) expect(firstLevels(id, { [field]: -7 })).toEqual(isAllowed);
	expect(firstLevels(id, { unknown: "50" }), "other properties").toEqual(isAllowed);
});

test.each(versions("6", "9"))("AUTH-LEVELS-INTEGERS: allows strings that hold an integer before v10 (v%s)", (id) => {
	for (const field of levelFields) {
		for (const text of ["50", " +050 ", "-1", "\t7\n"]) expect(firstLevels(id, { [field]: text })).toEqual(isAllowed);
	}
});

test.each(versions("6", "9"))("AUTH-LEVELS-INTEGERS: refuses what is no level before v10 either (v%s)", (id) => {
	for (const value of neverLevels) {
		expect(firstLevels(id, { ban: value })).toMatchObject(isRefusedBy("AUTH-LEVELS-INTEGERS"));
	}
});

test.each(versions("10"))(
	"AUTH-LEVELS-MAPS: refuses events and notifications that are no maps of integers (v%s)",
	(id) => {
		for (const name of ["events", "notifications"]) {
			for (const value of notIntegers) {
				const decision = firstLevels(id, { [name]: { "m.room.name": 50, "m.room.topic": value } });
				expect(decision).toMatchObject(isRefusedBy("AUTH-LEVELS-MAPS"));
			}
			for (const value of [null, [], 50, "50"]) {
				expect(firstLevels(id, { [name]: value })).toMatchObject(isRefusedBy("AUTH-LEVELS-MAPS"));
			}
		}
	},
);

test.each(versions("6"))("AUTH-LEVELS-MAPS: allows maps of integers, empty ones too (v%s)", (id) => {
	const content = { events: { "m.room.name": 50 }, notifications: {} };
	expect(firstLevels(id, content)).toEqual(isAllowed);
});

test.each(versions("6", "9"))("AUTH-LEVELS-MAPS: allows strings that hold an integer before v10 (v%s)", (id) => {
	expect(firstLevels(id, { events: { "m.room.name": "50" }, notifications: { room: " 50" } })).toEqual(isAllowed);
});

test.each(versions("6", "9"))("AUTH-LEVELS-MAPS: refuses what is no level before v10 either (v%s)", (id) => {
	for (const name of ["events", "notifications"]) {
		for (const value of neverLevels) {
			expect(firstLevels(id, { [name]: { room: value } })).toMatchObject(isRefusedBy("AUTH-LEVELS-MAPS"));
		}
		expect(firstLevels(id, { [name]: [] })).toMatchObject(isRefusedBy("AUTH-LEVELS-MAPS"));
	}
});

test.each(versions("6"))("AUTH-LEVELS-USERS: refuses users that are no map from user ids to levels (v%s)", (id) => {
	for (const users of [null, [], 50, "x", { bob: 50 }, { "@bob": 50 }, { "": 50 }, { [bob]: 50, "#a:b.example": 1 }]) {
		expect(firstLevels(id, { users })).toMatchObject(isRefusedBy("AUTH-LEVELS-USERS"));
	}
	for (const level of neverLevels) {
		expect(firstLevels(id, { users: { [bob]: level } })).toMatchObject(isRefusedBy("AUTH-LEVELS-USERS"));
	}
});

test.each(versions("10"))("AUTH-LEVELS-USERS: refuses strings from v10 on (v%s)", (id) => {
	expect(firstLevels(id, { users: { [bob]: "50" } })).toMatchObject(isRefusedBy("AUTH-LEVELS-USERS"));
});

test.each(versions("6", "9"))("AUTH-LEVELS-USERS: allows strings that hold an integer before v10 (v%s)", (id) => {
	expect(firstLevels(id, { users: { [bob]: "50" } })).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-LEVELS-USERS: allows user ids with levels, and no users at all (v%s)", (id) => {
	expect(firstLevels(id, { users: { [bob]: 50, "@Old Name:two.example": -1 } })).toEqual(isAllowed);
	expect(firstLevels(id, {})).toEqual(isAllowed);
});

test("AUTH-LEVELS-CREATORS: refuses users that name a creator (v12)", () => {
	const room = testRoom("12", { createContent: { additional_creators: [dave] } });
	for (const creator of [alice, dave]) {
		const content = { users: { [creator]: 100 } };
		const decision = decide(room, { type: "m.room.power_levels", sender: alice, stateKey: "", content });
		expect(decision).toMatchObject(isRefusedBy("AUTH-LEVELS-CREATORS"));
	}
});

test("AUTH-LEVELS-CREATORS: allows users that name others (v12)", () => {
	const room = testRoom("12", { createContent: { additional_creators: [dave] } });
	const content = { users: { [bob]: 100 } };
	expect(decide(room, { type: "m.room.power_levels", sender: alice, stateKey: "", content })).toEqual(isAllowed);
});

test.each(versions("6", "11"))("AUTH-LEVELS-CREATORS: allows users that name the creator before v12 (v%s)", (id) => {
	expect(firstLevels(id, { users: { [alice]: 100 } })).toEqual(isAllowed);
});

const bobAt60: JsonObject = { events: { "m.room.power_levels": 60 }, users: { [bob]: 60 } };

test.each(versions("6"))("AUTH-LEVELS-FIELDS: refuses a change from or to above the own level (v%s)", (id) => {
	const refusal = isRefusedBy("AUTH-LEVELS-FIELDS");
	for (const field of levelFields) {
		const at = (level: number): JsonObject => ({ ...bobAt60, [field]: level });
		expect(bobChanges(id, at(50), at(61)), `${field} raised`).toMatchObject(refusal);
		expect(bobChanges(id, at(61), at(60)), `${field} lowered`).toMatchObject(refusal);
		expect(bobChanges(id, bobAt60, at(61)), `${field} added`).toMatchObject(refusal);
		expect(bobChanges(id, at(61), bobAt60), `${field} removed`).toMatchObject(refusal);
	}
});

test.each(versions("6"))("AUTH-LEVELS-FIELDS: allows changes up to the own level (v%s)", (id) => {
	for (const field of levelFields) {
		const at = (level: number): JsonObject => ({ ...bobAt60, [field]: level });
		expect(bobChanges(id, at(50), at(60)), `${field} raised`).toEqual(isAllowed);
		expect(bobChanges(id, at(60), at(-5)), `${field} lowered`).toEqual(isAllowed);
		expect(bobChanges(id, bobAt60, at(60)), `${field} added`).toEqual(isAllowed);
		expect(bobChanges(id, at(60), bobAt60), `${field} removed`).toEqual(isAllowed);
		expect(bobChanges(id, at(90), at(90)), `${field} kept above`).toEqual(isAllowed);
	}
});

test.each(versions("6"))("AUTH-LEVELS-FIELDS: refuses to move a default that is above the own level (v%s)", (id) => {
	const bobAt40 = { events: { "m.room.power_levels": 40 }, users: { [bob]: 40 } };
	for (const field of ["ban", "kick", "redact", "state_default"]) {
		const at = (level: number): JsonObject => ({ ...bobAt40, [field]: level });
		expect(bobChanges(id, bobAt40, at(0)), `${field} from its default`).toMatchObject(
			isRefusedBy("AUTH-LEVELS-FIELDS"),
		);
		expect(bobChanges(id, at(0), bobAt40), `${field} to its default`).toMatchObject(isRefusedBy("AUTH-LEVELS-FIELDS"));
	}
});

test.each(versions("6", "9"))(
	"AUTH-LEVELS-FIELDS: allows another spelling of the same level before v10 (v%s)",
	(id) => {
		expect(bobChanges(id, { ...bobAt60, ban: 90 }, { ...bobAt60, ban: " 090" })).toEqual(isAllowed);
	},
);

/** Bob's room with one more entry in `events` or `notifications`. */
const withEntry = (map: "events" | "notifications", level: number | undefined): JsonObject => {
	const own = map === "events" ? bobAt60["events"] : {};
	return { ...bobAt60, [map]: { ...(own as JsonObject), ...(level === undefined ? {} : { room: level }) } };
};

test.each(versions("6"))("AUTH-LEVELS-ENTRY-CURRENT: refuses to change or remove an entry above (v%s)", (id) => {
	for (const map of ["events", "notifications"] as const) {
		const refusal = isRefusedBy("AUTH-LEVELS-ENTRY-CURRENT");
		expect(bobChanges(id, withEntry(map, 61), withEntry(map, 60)), `${map} changed`).toMatchObject(refusal);
		expect(bobChanges(id, withEntry(map, 61), withEntry(map, undefined)), `${map} removed`).toMatchObject(refusal);
	}
	const without = bobChanges(id, withEntry("notifications", 61), bobAt60);
	expect(without, "the map removed").toMatchObject(isRefusedBy("AUTH-LEVELS-ENTRY-CURRENT"));
});

test.each(versions("6"))(
	"AUTH-LEVELS-ENTRY-CURRENT: allows to change or remove an entry at the own level (v%s)",
	(id) => {
		for (const map of ["events", "notifications"] as const) {
			expect(bobChanges(id, withEntry(map, 60), withEntry(map, 0))).toEqual(isAllowed);
			expect(bobChanges(id, withEntry(map, 60), withEntry(map, undefined))).toEqual(isAllowed);
			expect(bobChanges(id, withEntry(map, 90), withEntry(map, 90)), "kept above").toEqual(isAllowed);
		}
	},
);

test.each(versions("6"))("AUTH-LEVELS-ENTRY-NEW: refuses events or notifications above the own level (v%s)", (id) => {
	for (const map of ["events", "notifications"] as const) {
		const refusal = isRefusedBy("AUTH-LEVELS-ENTRY-NEW");
		expect(bobChanges(id, withEntry(map, undefined), withEntry(map, 61)), `${map} added`).toMatchObject(refusal);
		expect(bobChanges(id, withEntry(map, 50), withEntry(map, 61)), `${map} raised`).toMatchObject(refusal);
	}
});

test.each(versions("6"))("AUTH-LEVELS-ENTRY-NEW: allows events or notifications at the own level (v%s)", (id) => {
	for (const map of ["events", "notifications"] as const) {
		expect(bobChanges(id, withEntry(map, undefined), withEntry(map, 60))).toEqual(isAllowed);
		expect(bobChanges(id, withEntry(map, 50), withEntry(map, 60))).toEqual(isAllowed);
	}
});

/** Bob's room with a level for Carol. */
const carolAt = (level: number | undefined): JsonObject => ({
	...bobAt60,
	users: { [bob]: 60, ...(level === undefined ? {} : { [carol]: level }) },
});

test.each(versions("6"))("AUTH-LEVELS-USER-CURRENT: refuses to demote an admin of the same level (v%s)", (id) => {
	const refusal = isRefusedBy("AUTH-LEVELS-USER-CURRENT");
	for (const level of [60, 61]) {
		expect(bobChanges(id, carolAt(level), carolAt(0)), "demoted").toMatchObject(refusal);
		expect(bobChanges(id, carolAt(level), carolAt(undefined)), "removed").toMatchObject(refusal);
	}
});

test.each(versions("6"))("AUTH-LEVELS-USER-CURRENT: allows to demote who is below, and oneself (v%s)", (id) => {
	expect(bobChanges(id, carolAt(59), carolAt(0))).toEqual(isAllowed);
	expect(bobChanges(id, carolAt(59), carolAt(undefined))).toEqual(isAllowed);
	expect(bobChanges(id, carolAt(60), carolAt(60)), "kept").toEqual(isAllowed);
	expect(bobChanges(id, bobAt60, { ...bobAt60, users: { [bob]: 10 } }), "oneself").toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-LEVELS-USER-NEW: refuses to raise anybody above the own level (v%s)", (id) => {
	const refusal = isRefusedBy("AUTH-LEVELS-USER-NEW");
	expect(bobChanges(id, carolAt(undefined), carolAt(61)), "added").toMatchObject(refusal);
	expect(bobChanges(id, carolAt(50), carolAt(61)), "raised").toMatchObject(refusal);
	expect(bobChanges(id, bobAt60, { ...bobAt60, users: { [bob]: 61 } }), "oneself").toMatchObject(refusal);
});

test.each(versions("6"))("AUTH-LEVELS-USER-NEW: allows to raise others to the own level (v%s)", (id) => {
	expect(bobChanges(id, carolAt(undefined), carolAt(60))).toEqual(isAllowed);
	expect(bobChanges(id, carolAt(50), carolAt(60))).toEqual(isAllowed);
});

test("AUTH-LEVELS-USER-CURRENT: allows a creator to demote anybody (v12)", () => {
	const top = Number.MAX_SAFE_INTEGER;
	const room = testRoom("12", { powerLevels: { ban: top, events: { "m.room.name": top }, users: { [bob]: top } } });
	const content = { ban: 0, users: { [carol]: top } };
	expect(decide(room, { type: "m.room.power_levels", sender: alice, stateKey: "", content })).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-EVENT-LEVEL: refuses power levels by who may not send them (v%s)", (id) => {
	const decision = bobChanges(id, { users: { [bob]: 49 } }, { users: { [bob]: 49 } });
	expect(decision).toMatchObject(isRefusedBy("AUTH-EVENT-LEVEL"));
});
