import { expect, test } from "vitest";
import {
	alice,
	bob,
	carol,
	decideOnAuthEvents,
	isAllowed,
	isRefusedBy,
	levels,
	versions,
} from "../testing/authorization-checks.ts";
import { testEvent, testEventId, testRoom } from "../testing/event-factory.ts";
import { checkAuthEvents } from "./check-auth-events.ts";

const message = { type: "m.room.message", sender: alice, content: { body: "hi" } };

test("AUTH-ROOM-ID: refuses a room id that names no accepted create event (v12)", () => {
	const room = testRoom("12");
	const event = room.build(message);
	const { create } = room;
	const other = testRoom("12").append({ type: "m.room.create", sender: bob, stateKey: "", name: "other-create" });
	for (const context of [
		{ create: undefined },
		{ create: other },
		{ isRejected: (id: string) => id === create.eventId },
	]) {
		expect(decideOnAuthEvents(room, event, context)).toMatchObject(isRefusedBy("AUTH-ROOM-ID"));
	}
	const imitation = testEvent({ type: "m.room.name", sender: alice, stateKey: "", name: "create" }, room.version);
	expect(imitation.eventId).toBe(create.eventId);
	expect(decideOnAuthEvents(room, event, { create: imitation })).toMatchObject(isRefusedBy("AUTH-ROOM-ID"));
});

test("AUTH-ROOM-ID: allows the id of the accepted create event (v12)", () => {
	const room = testRoom("12");
	expect(decideOnAuthEvents(room, room.build(message))).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-EVENTS-DUPLICATE: refuses two auth events of one key (v%s)", (id) => {
	const room = testRoom(id);
	const first = room.stateEvent("m.room.member", alice);
	room.member(alice, "join", { content: { displayname: "Alice" } });
	const event = room.build(message);
	const twoVersions = { ...event, authEvents: [...event.authEvents, ...(first === undefined ? [] : [first.eventId])] };
	expect(decideOnAuthEvents(room, twoVersions)).toMatchObject(isRefusedBy("AUTH-EVENTS-DUPLICATE"));
	const sameTwice = { ...event, authEvents: [...event.authEvents, ...event.authEvents] };
	expect(decideOnAuthEvents(room, sameTwice)).toMatchObject(isRefusedBy("AUTH-EVENTS-DUPLICATE"));
});

test.each(versions("6"))("AUTH-EVENTS-DUPLICATE: allows two memberships of different users (v%s)", (id) => {
	const room = testRoom(id);
	const invite = { type: "m.room.member", sender: alice, stateKey: bob, content: { membership: "invite" } };
	room.append(invite);
	const event = room.build(invite);
	const memberships = event.authEvents.filter((eventId) => room.events.get(eventId)?.type === "m.room.member");
	expect(memberships).toHaveLength(2);
	expect(decideOnAuthEvents(room, event)).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-EVENTS-SELECTION: refuses state that does not authorize the event (v%s)", (id) => {
	const room = testRoom(id, { joinRule: "public", members: [bob] });
	const name = room.append({ type: "m.room.name", sender: alice, stateKey: "", content: { name: "Home" } });
	const text = room.append(message);
	const event = room.build(message);
	const bobJoin = room.stateEvent("m.room.member", bob);
	const rules = room.stateEvent("m.room.join_rules");
	for (const extra of [name, text, bobJoin, rules]) {
		if (extra === undefined) throw new Error("the room lacks its state");
		const decision = decideOnAuthEvents(room, { ...event, authEvents: [...event.authEvents, extra.eventId] });
		expect(decision).toMatchObject(isRefusedBy("AUTH-EVENTS-SELECTION"));
	}
});

test("AUTH-EVENTS-SELECTION: refuses the create event among auth events (v12)", () => {
	const room = testRoom("12");
	const event = room.build(message);
	const decision = decideOnAuthEvents(room, { ...event, authEvents: [...event.authEvents, room.create.eventId] });
	expect(decision).toMatchObject(isRefusedBy("AUTH-EVENTS-SELECTION"));
});

test.each(versions("6"))("AUTH-EVENTS-SELECTION: allows what the selection names (v%s)", (id) => {
	const room = testRoom(id, { joinRule: "public", powerLevels: levels(id), members: [bob] });
	const event = room.build({ type: "m.room.member", sender: bob, stateKey: bob, content: { membership: "join" } });
	expect(event.authEvents).toHaveLength(id === "12" ? 3 : 4);
	expect(decideOnAuthEvents(room, event)).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-EVENTS-REJECTED: refuses an auth event that was rejected (v%s)", (id) => {
	const room = testRoom(id);
	const join = room.stateEvent("m.room.member", alice)?.eventId;
	const decision = decideOnAuthEvents(room, room.build(message), { isRejected: (eventId) => eventId === join });
	expect(decision).toMatchObject(isRefusedBy("AUTH-EVENTS-REJECTED"));
});

test.each(versions("6"))("AUTH-EVENTS-REJECTED: allows a rejected event that it does not name (v%s)", (id) => {
	const room = testRoom(id);
	const other = testEventId("rejected-elsewhere");
	const decision = decideOnAuthEvents(room, room.build(message), { isRejected: (eventId) => eventId === other });
	expect(decision).toEqual(isAllowed);
});

test.each(versions("6", "11"))("AUTH-EVENTS-CREATE: refuses auth events without the create event (v%s)", (id) => {
	const room = testRoom(id);
	const event = room.build(message);
	const authEvents = event.authEvents.filter((eventId) => eventId !== room.create.eventId);
	expect(decideOnAuthEvents(room, { ...event, authEvents })).toMatchObject(isRefusedBy("AUTH-EVENTS-CREATE"));
	expect(decideOnAuthEvents(room, { ...event, authEvents: [] })).toMatchObject(isRefusedBy("AUTH-EVENTS-CREATE"));
});

test.each(versions("6", "11"))("AUTH-EVENTS-CREATE: allows auth events with the create event alone (v%s)", (id) => {
	const room = testRoom(id);
	const authEvents = [room.create.eventId];
	expect(decideOnAuthEvents(room, { ...room.build(message), authEvents })).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-EVENTS-ROOM: refuses an auth event of another room (v%s)", (id) => {
	const room = testRoom(id);
	const event = room.build(message);
	const [foreignId] = event.authEvents.slice(-1);
	const authEvents = event.authEvents.flatMap((eventId) => {
		const authEvent = room.events.get(eventId);
		if (authEvent === undefined) return [];
		return eventId === foreignId
			? [{ ...authEvent, roomId: "!other:one.example" as typeof event.roomId }]
			: [authEvent];
	});
	const { create, version } = room;
	const context = { isRejected: () => false, isSignedBy: () => false, create, version };
	expect(checkAuthEvents(event, authEvents, context)).toMatchObject(isRefusedBy("AUTH-EVENTS-ROOM"));
});

test.each(versions("6"))("AUTH-EVENTS-ROOM: allows auth events of the own room (v%s)", (id) => {
	const room = testRoom(id);
	expect(decideOnAuthEvents(room, room.build(message))).toEqual(isAllowed);
});

const authorisedJoin = {
	type: "m.room.member",
	sender: carol,
	stateKey: carol,
	content: { membership: "join", join_authorised_via_users_server: bob },
};

test.each(versions("8"))("AUTH-MEMBER-AUTHORISED-SIGNATURE: refuses without that server's signature (v%s)", (id) => {
	const room = testRoom(id, { joinRule: "restricted", members: [bob] });
	const byOthers = { isSignedBy: (server: string) => server === "three.example" };
	const rule = "AUTH-MEMBER-AUTHORISED-SIGNATURE";
	expect(decideOnAuthEvents(room, room.build(authorisedJoin), byOthers)).toMatchObject(isRefusedBy(rule));
	for (const notUser of ["bob", "", 1, null, [bob]]) {
		const content = { ...authorisedJoin.content, join_authorised_via_users_server: notUser };
		const event = room.build({ ...authorisedJoin, content });
		expect(decideOnAuthEvents(room, event, { isSignedBy: () => true })).toMatchObject(isRefusedBy(rule));
	}
	const leave = room.build({ ...authorisedJoin, content: { ...authorisedJoin.content, membership: "leave" } });
	expect(decideOnAuthEvents(room, leave, byOthers)).toMatchObject(isRefusedBy(rule));
});

test.each(versions("8"))("AUTH-MEMBER-AUTHORISED-SIGNATURE: allows with that server's signature (v%s)", (id) => {
	const room = testRoom(id, { joinRule: "restricted", members: [bob] });
	const event = room.build(authorisedJoin);
	expect(decideOnAuthEvents(room, event, { isSignedBy: (server) => server === "two.example" })).toEqual(isAllowed);
});

test.each(versions("6", "7"))("AUTH-MEMBER-AUTHORISED-SIGNATURE: allows the unknown key before v8 (v%s)", (id) => {
	const room = testRoom(id, { joinRule: "public", members: [bob] });
	expect(decideOnAuthEvents(room, room.build(authorisedJoin))).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-CREATE-PREV-EVENTS: refuses in the state-independent half too (v%s)", (id) => {
	const room = testRoom(id);
	const create = { ...room.create, prevEvents: [testEventId("earlier")] };
	expect(decideOnAuthEvents(room, create)).toMatchObject(isRefusedBy("AUTH-CREATE-PREV-EVENTS"));
});

test("an auth event that the caller did not load is the caller's mistake", () => {
	const room = testRoom("12");
	const { create, version } = room;
	const context = { isRejected: () => false, isSignedBy: () => false, create, version };
	expect(() => checkAuthEvents(room.build(message), [], context)).toThrow("was not given");
});
