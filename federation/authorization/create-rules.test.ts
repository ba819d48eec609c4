import { expect, test } from "vitest";
import type { RoomEvent } from "../events/room-event.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { RoomVersionId } from "../room-versions/room-version.ts";
import { roomVersions } from "../room-versions/room-versions.ts";
import { alice, bob, isAllowed, isRefusedBy, versions } from "../testing/authorization-checks.ts";
import { createContent, type TestEvent, testEvent, testEventId } from "../testing/event-factory.ts";
import { authorizeCreate } from "./create-rules.ts";

const createEvent = (id: RoomVersionId, spec: Partial<TestEvent> = {}): RoomEvent => {
	const content = { ...createContent(id, alice), ...spec.content };
	const create = { type: "m.room.create", sender: alice, stateKey: "", name: "create" };
	return testEvent({ ...create, ...spec, content }, roomVersions[id]);
};
const decideCreate = (id: RoomVersionId, spec: Partial<TestEvent> = {}) =>
	authorizeCreate(createEvent(id, spec), roomVersions[id]);
const without = (content: JsonObject, key: string): JsonObject =>
	Object.fromEntries(Object.entries(content).filter(([name]) => name !== key)) as JsonObject;

test.each(versions("6"))("AUTH-CREATE-PREV-EVENTS: refuses a create event with prev events (v%s)", (id) => {
	const decision = decideCreate(id, { prevEvents: [testEventId("earlier")] });
	expect(decision).toMatchObject(isRefusedBy("AUTH-CREATE-PREV-EVENTS"));
});

test.each(versions("6"))("AUTH-CREATE-PREV-EVENTS: allows a create event without prev events (v%s)", (id) => {
	expect(decideCreate(id)).toEqual(isAllowed);
});

test.each(versions("6", "11"))("AUTH-CREATE-ROOM-DOMAIN: refuses a room id of another server (v%s)", (id) => {
	expect(decideCreate(id, { roomId: "!room:two.example" })).toMatchObject(isRefusedBy("AUTH-CREATE-ROOM-DOMAIN"));
});

test.each(versions("6", "11"))("AUTH-CREATE-ROOM-DOMAIN: refuses a room id without a server (v%s)", (id) => {
	const decision = decideCreate(id, { roomId: `!${"a".repeat(43)}` });
	expect(decision).toMatchObject(isRefusedBy("AUTH-CREATE-ROOM-DOMAIN"));
});

test.each(versions("6", "11"))("AUTH-CREATE-ROOM-DOMAIN: allows a room id of the sender's server (v%s)", (id) => {
	expect(decideCreate(id, { roomId: "!other:one.example" })).toEqual(isAllowed);
});

test("AUTH-CREATE-ROOM-ID: refuses a create event that names a room id (v12)", () => {
	const event = createEvent("12");
	const withRoomId = { ...event, json: { ...event.json, room_id: event.roomId } };
	expect(authorizeCreate(withRoomId, roomVersions["12"])).toMatchObject(isRefusedBy("AUTH-CREATE-ROOM-ID"));
});

test("AUTH-CREATE-ROOM-ID: allows a create event whose room id is its hash (v12)", () => {
	expect(decideCreate("12")).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-CREATE-VERSION: refuses versions that nobody recognises (v%s)", (id) => {
	for (const room_version of ["0", "13", "org.example.v12", "", "__proto__", 12, null, ["12"]]) {
		expect(decideCreate(id, { content: { room_version } })).toMatchObject(isRefusedBy("AUTH-CREATE-VERSION"));
	}
});

test.each(versions("6"))("AUTH-CREATE-VERSION: allows a create event without the property (v%s)", (id) => {
	const event = createEvent(id);
	const content = without(event.content, "room_version");
	expect(authorizeCreate({ ...event, content }, roomVersions[id])).toEqual(isAllowed);
});

test.each(versions("6", "10"))("AUTH-CREATE-CREATOR: refuses a create event without creator (v%s)", (id) => {
	const event = createEvent(id);
	const content = without(event.content, "creator");
	const decision = authorizeCreate({ ...event, content }, roomVersions[id]);
	expect(decision).toMatchObject(isRefusedBy("AUTH-CREATE-CREATOR"));
});

test.each(versions("6", "10"))("AUTH-CREATE-CREATOR: allows another user as creator (v%s)", (id) => {
	expect(decideCreate(id, { content: { creator: bob } })).toEqual(isAllowed);
});

test.each(versions("11"))("AUTH-CREATE-CREATOR: allows no creator where the sender is it (v%s)", (id) => {
	expect(createEvent(id).content).not.toHaveProperty("creator");
	expect(decideCreate(id)).toEqual(isAllowed);
});

test("AUTH-CREATE-ADDITIONAL: refuses additional_creators that are no list of user ids (v12)", () => {
	for (const additional_creators of [bob, null, { 0: bob }, [bob, 1], [bob, "bob"], ["@bob"], ["@bob:"], [[bob]]]) {
		const decision = decideCreate("12", { content: { additional_creators } });
		expect(decision).toMatchObject(isRefusedBy("AUTH-CREATE-ADDITIONAL"));
	}
});

test("AUTH-CREATE-ADDITIONAL: allows user ids, and an empty list (v12)", () => {
	expect(decideCreate("12", { content: { additional_creators: [bob, alice] } })).toEqual(isAllowed);
	expect(decideCreate("12", { content: { additional_creators: [] } })).toEqual(isAllowed);
});

test.each(versions("6", "11"))("AUTH-CREATE-ADDITIONAL: allows any additional_creators before v12 (v%s)", (id) => {
	expect(decideCreate(id, { content: { additional_creators: "anything" } })).toEqual(isAllowed);
});
