import { expect, test } from "vitest";
import { alice, bob, carol, levels, versions } from "../testing/authorization-checks.ts";
import { testRoom } from "../testing/event-factory.ts";
import { actionPowerLevel, hasLevel, powerLevelsIn, requiredPowerLevel, userPowerLevel } from "./power-levels.ts";

const topic = { type: "m.room.topic", stateKey: "" };
const text = { type: "m.room.message", stateKey: undefined };

test.each(versions("6"))("a room without power levels has the defaults of the specification (v%s)", (id) => {
	const room = testRoom(id);
	const state = room.authState();
	expect(userPowerLevel(state, alice, room.version)).toBe(id === "12" ? "creator" : 100);
	expect(userPowerLevel(state, bob, room.version)).toBe(0);
	expect(requiredPowerLevel(state, topic, room.version)).toBe(50);
	expect(requiredPowerLevel(state, text, room.version)).toBe(0);
	const actions = (["invite", "kick", "ban", "redact"] as const).map((action) =>
		actionPowerLevel(state, action, room.version),
	);
	expect(actions).toEqual([0, 50, 50, 50]);
});

test.each(versions("6", "11"))("power levels without the creator leave nothing of the 100 (v%s)", (id) => {
	const room = testRoom(id, { powerLevels: { users: { [bob]: 100 }, users_default: 5 } });
	expect(userPowerLevel(room.authState(), alice, room.version)).toBe(5);
});

test.each(versions("6", "10"))("the creator in content has the 100, not the sender (v%s)", (id) => {
	const room = testRoom(id, { createContent: { creator: bob } });
	expect(userPowerLevel(room.authState(), bob, room.version)).toBe(100);
	expect(userPowerLevel(room.authState(), alice, room.version)).toBe(0);
});

test("creators stand above the highest number and not above each other", () => {
	const room = testRoom("12", {
		createContent: { additional_creators: [carol] },
		powerLevels: { users: { [bob]: 100 } },
	});
	const state = room.authState();
	expect(userPowerLevel(state, carol, room.version)).toBe("creator");
	expect(hasLevel("creator", Number.MAX_SAFE_INTEGER)).toBe(true);
	expect(hasLevel(Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER)).toBe(false);
	expect(userPowerLevel(state, bob, room.version)).toBe(100);
});

test.each(versions("6", "9"))("levels in strings count before v10 (v%s)", (id) => {
	const room = testRoom(id, {
		powerLevels: { users: { [bob]: " +0075" }, events: { "m.room.topic": "-2" }, kick: "9" },
	});
	const state = room.authState();
	expect(userPowerLevel(state, bob, room.version)).toBe(75);
	expect(requiredPowerLevel(state, topic, room.version)).toBe(-2);
	expect(actionPowerLevel(state, "kick", room.version)).toBe(9);
});

test("names of Object.prototype are not levels", () => {
	const room = testRoom("11", { powerLevels: levels("11") });
	expect(requiredPowerLevel(room.authState(), { type: "constructor", stateKey: undefined }, room.version)).toBe(0);
	expect(userPowerLevel(room.authState(), "__proto__", room.version)).toBe(0);
});

test("the content of one event is parsed once", () => {
	let reads = 0;
	const content = new Proxy(levels("12", { users: { [bob]: 50 } }), {
		get: (target, key) => {
			if (key === "users") reads += 1;
			return Reflect.get(target, key);
		},
	});
	const room = testRoom("12", { powerLevels: content });
	for (let round = 0; round < 5; round++) {
		expect(userPowerLevel(room.authState(), bob, room.version)).toBe(50);
	}
	expect(reads).toBe(1);
	expect(powerLevelsIn(room.authState(), room.version)).toBe(powerLevelsIn(room.authState(), room.version));
});
