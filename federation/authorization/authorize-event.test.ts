import { expect, test } from "vitest";
import type { RoomVersionId } from "../room-versions/room-version.ts";
import {
	alice,
	bob,
	decide,
	isAllowed,
	isRefusedBy,
	levels,
	membershipOf,
	versions,
} from "../testing/authorization-checks.ts";
import { testRoom } from "../testing/event-factory.ts";
import { authStateOf } from "./auth-state.ts";
import { authorizeEvent } from "./authorize-event.ts";

const message = { type: "m.room.message", sender: bob, content: { body: "hi" } };

test.each(versions("6", "11"))("AUTH-EVENTS-CREATE: refuses against a state without create event (v%s)", (id) => {
	const room = testRoom(id);
	const decision = authorizeEvent(room.build({ ...message, sender: alice }), authStateOf([]), room.version);
	expect(decision).toMatchObject(isRefusedBy("AUTH-EVENTS-CREATE"));
});

test("AUTH-ROOM-ID: refuses against a state without create event (v12)", () => {
	const room = testRoom("12");
	const decision = authorizeEvent(room.build({ ...message, sender: alice }), authStateOf([]), room.version);
	expect(decision).toMatchObject(isRefusedBy("AUTH-ROOM-ID"));
});

test.each(versions("6"))("AUTH-CREATE-PREV-EVENTS: refuses a second create event in a room (v%s)", (id) => {
	const decision = decide(testRoom(id), { type: "m.room.create", sender: alice, stateKey: "" });
	expect(decision).toMatchObject(isRefusedBy("AUTH-CREATE-PREV-EVENTS"));
});

const closedRoom = (id: RoomVersionId, federate: boolean | string) =>
	testRoom(id, { joinRule: "public", createContent: { "m.federate": federate } });

test.each(versions("6"))("AUTH-FEDERATE: refuses other servers in a closed room (v%s)", (id) => {
	const decision = decide(closedRoom(id, false), membershipOf(bob, "join"));
	expect(decision).toMatchObject(isRefusedBy("AUTH-FEDERATE"));
});

test.each(versions("6"))("AUTH-FEDERATE: allows the own server, and everybody where it is not false (v%s)", (id) => {
	expect(decide(closedRoom(id, false), membershipOf("@zoe:one.example", "join"))).toEqual(isAllowed);
	expect(decide(closedRoom(id, true), membershipOf(bob, "join"))).toEqual(isAllowed);
	expect(decide(closedRoom(id, "false"), membershipOf(bob, "join"))).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-SENDER-JOINED: refuses who is not in the room (v%s)", (id) => {
	const room = testRoom(id, { joinRule: "public" });
	expect(decide(room, message)).toMatchObject(isRefusedBy("AUTH-SENDER-JOINED"));
	for (const membership of ["invite", "knock", "leave", "ban"]) {
		room.member(bob, membership, { sender: alice });
		expect(decide(room, message)).toMatchObject(isRefusedBy("AUTH-SENDER-JOINED"));
	}
});

test.each(versions("6"))("AUTH-SENDER-JOINED: allows a member (v%s)", (id) => {
	expect(decide(testRoom(id, { members: [bob] }), message)).toEqual(isAllowed);
});

test("AUTH-SENDER-JOINED: refuses a creator who left (v12)", () => {
	const room = testRoom("12");
	room.member(alice, "leave");
	expect(decide(room, { ...message, sender: alice })).toMatchObject(isRefusedBy("AUTH-SENDER-JOINED"));
});

test.each(versions("6"))("AUTH-EVENT-LEVEL: refuses below the level of the type or the default (v%s)", (id) => {
	const events = { "m.room.topic": 20, "org.example.loud": 20 };
	const powerLevels = levels(id, { events, events_default: 10, state_default: 30, users: { [bob]: 9 } });
	const room = testRoom(id, { powerLevels, members: [bob] });
	expect(decide(room, message)).toMatchObject(isRefusedBy("AUTH-EVENT-LEVEL"));
	room.append({
		...{ type: "m.room.power_levels", sender: alice, stateKey: "" },
		content: levels(id, { events, events_default: 10, state_default: 30, users: { [bob]: 19 } }),
	});
	for (const spec of [
		{ type: "m.room.topic", sender: bob, stateKey: "" },
		{ type: "m.room.name", sender: bob, stateKey: "" },
		{ type: "org.example.loud", sender: bob },
	]) {
		expect(decide(room, spec)).toMatchObject(isRefusedBy("AUTH-EVENT-LEVEL"));
	}
});

test.each(versions("6"))("AUTH-EVENT-LEVEL: allows at the level of the type or the default (v%s)", (id) => {
	const events = { "m.room.topic": 20, "org.example.loud": 20 };
	const powerLevels = levels(id, { events, events_default: 10, state_default: 20, users: { [bob]: 20 } });
	const room = testRoom(id, { powerLevels, members: [bob] });
	for (const spec of [
		message,
		{ type: "m.room.topic", sender: bob, stateKey: "" },
		{ type: "m.room.name", sender: bob, stateKey: "" },
		{ type: "org.example.loud", sender: bob },
	]) {
		expect(decide(room, spec)).toEqual(isAllowed);
	}
});

test.each(versions("6"))("AUTH-EVENT-LEVEL: refuses state by others without power levels (v%s)", (id) => {
	const room = testRoom(id, { members: [bob] });
	const name = { type: "m.room.name", sender: bob, stateKey: "", content: { name: "Mine" } };
	expect(decide(room, name)).toMatchObject(isRefusedBy("AUTH-EVENT-LEVEL"));
	expect(decide(room, { ...name, sender: alice })).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-EVENT-LEVEL: allows a redaction below the redact level (v%s)", (id) => {
	const room = testRoom(id, { powerLevels: levels(id, { redact: 100 }), members: [bob] });
	expect(decide(room, { type: "m.room.redaction", sender: bob, redacts: room.create.eventId })).toEqual(isAllowed);
	const dearer = levels(id, { events: { "m.room.redaction": 1 } });
	const strict = testRoom(id, { powerLevels: dearer, members: [bob] });
	const decision = decide(strict, { type: "m.room.redaction", sender: bob, redacts: room.create.eventId });
	expect(decision).toMatchObject(isRefusedBy("AUTH-EVENT-LEVEL"));
});

test("AUTH-EVENT-LEVEL: allows creators whatever the levels say (v12)", () => {
	const powerLevels = { events_default: Number.MAX_SAFE_INTEGER, state_default: Number.MAX_SAFE_INTEGER };
	const room = testRoom("12", { createContent: { additional_creators: [bob] }, powerLevels, members: [bob] });
	expect(decide(room, message)).toEqual(isAllowed);
	expect(decide(room, { type: "m.room.name", sender: alice, stateKey: "" })).toEqual(isAllowed);
});

test("AUTH-EVENT-LEVEL: refuses additional creators, who mean nothing before v12 (v11)", () => {
	const room = testRoom("11", { createContent: { additional_creators: [bob] }, members: [bob] });
	const decision = decide(room, { type: "m.room.name", sender: bob, stateKey: "" });
	expect(decision).toMatchObject(isRefusedBy("AUTH-EVENT-LEVEL"));
});

test.each(versions("6"))("AUTH-STATE-KEY-USER: refuses another user's state key (v%s)", (id) => {
	const room = testRoom(id, { members: [bob] });
	for (const stateKey of [bob, "@", "@no-server", "@alice:one.example_suffix"]) {
		const decision = decide(room, { type: "org.example.mood", sender: alice, stateKey });
		expect(decision).toMatchObject(isRefusedBy("AUTH-STATE-KEY-USER"));
	}
});

test.each(versions("6"))("AUTH-STATE-KEY-USER: allows the own id, and keys without @ (v%s)", (id) => {
	const room = testRoom(id, { powerLevels: levels(id, { state_default: 0 }), members: [bob] });
	for (const stateKey of [bob, "", "_@alice:one.example"]) {
		expect(decide(room, { type: "org.example.mood", sender: bob, stateKey })).toEqual(isAllowed);
	}
});

test.each(versions("6"))("AUTH-STATE-KEY-USER: refuses aliases under another user's id like any state (v%s)", (id) => {
	const room = testRoom(id, { members: [bob] });
	const aliases = { type: "m.room.aliases", sender: alice, content: { aliases: [] } };
	expect(decide(room, { ...aliases, stateKey: bob })).toMatchObject(isRefusedBy("AUTH-STATE-KEY-USER"));
	expect(decide(room, { ...aliases, stateKey: "two.example" }), "no rule of their own since v6").toEqual(isAllowed);
});
