import { expect, test } from "vitest";
import type { RoomVersionId } from "../room-versions/room-version.ts";
import {
	alice,
	bob,
	carol,
	decide,
	isAllowed,
	isRefusedBy,
	levels,
	membershipOf,
	versions,
} from "../testing/authorization-checks.ts";
import { createContent, TestRoom, testRoom } from "../testing/event-factory.ts";

/** A room that so far has nothing but its create event. */
const bareRoom = (id: RoomVersionId, extra = {}): TestRoom => {
	const room = new TestRoom(id);
	const content = { ...createContent(id, alice), ...extra };
	room.append({ type: "m.room.create", sender: alice, stateKey: "", content });
	return room;
};

test.each(versions("6"))("AUTH-JOIN-INVITED: allows the creator's first join (v%s)", (id) => {
	expect(decide(bareRoom(id), membershipOf(alice, "join"))).toEqual(isAllowed);
});

test.each(versions("6", "10"))("AUTH-JOIN-INVITED: allows the first join of the creator in content (v%s)", (id) => {
	const room = bareRoom(id, { creator: bob });
	expect(decide(room, membershipOf(bob, "join"))).toEqual(isAllowed);
	expect(decide(room, membershipOf(alice, "join"))).toMatchObject(isRefusedBy("AUTH-JOIN-INVITED"));
});

test.each(versions("11"))("AUTH-JOIN-INVITED: refuses the first join of a creator in content (v%s)", (id) => {
	const room = bareRoom(id, { creator: bob, additional_creators: [bob] });
	expect(decide(room, membershipOf(bob, "join"))).toMatchObject(isRefusedBy("AUTH-JOIN-INVITED"));
});

test.each(versions("6"))("AUTH-JOIN-INVITED: refuses a creator who left and comes back late (v%s)", (id) => {
	const room = testRoom(id, { joinRule: "invite" });
	room.member(alice, "leave");
	expect(decide(room, membershipOf(alice, "join"))).toMatchObject(isRefusedBy("AUTH-JOIN-INVITED"));
});

test.each(versions("6"))("AUTH-JOIN-SENDER: refuses joining another user (v%s)", (id) => {
	const room = testRoom(id, { joinRule: "public", members: [bob] });
	const decision = decide(room, membershipOf(carol, "join", { sender: bob }));
	expect(decision).toMatchObject(isRefusedBy("AUTH-JOIN-SENDER"));
});

test.each(versions("6"))("AUTH-JOIN-SENDER: allows joining oneself (v%s)", (id) => {
	const room = testRoom(id, { joinRule: "public" });
	expect(decide(room, membershipOf(carol, "join"))).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-JOIN-BANNED: refuses a banned user (v%s)", (id) => {
	const room = testRoom(id, { joinRule: "public" });
	room.member(bob, "ban", { sender: alice });
	expect(decide(room, membershipOf(bob, "join"))).toMatchObject(isRefusedBy("AUTH-JOIN-BANNED"));
});

test.each(versions("6"))("AUTH-JOIN-BANNED: allows a user whose ban was lifted (v%s)", (id) => {
	const room = testRoom(id, { joinRule: "public" });
	room.member(bob, "ban", { sender: alice });
	room.member(bob, "leave", { sender: alice });
	expect(decide(room, membershipOf(bob, "join"))).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-JOIN-INVITED: refuses a user without an invite (v%s)", (id) => {
	for (const joinRule of id === "6" ? ["invite"] : ["invite", "knock"]) {
		const room = testRoom(id, { joinRule });
		expect(decide(room, membershipOf(bob, "join"))).toMatchObject(isRefusedBy("AUTH-JOIN-INVITED"));
		room.member(bob, "knock");
		expect(decide(room, membershipOf(bob, "join"))).toMatchObject(isRefusedBy("AUTH-JOIN-INVITED"));
	}
});

test.each(versions("6"))("AUTH-JOIN-INVITED: allows an invited user and a member (v%s)", (id) => {
	for (const joinRule of id === "6" ? ["invite"] : ["invite", "knock"]) {
		const room = testRoom(id, { joinRule });
		room.member(bob, "invite", { sender: alice });
		expect(decide(room, membershipOf(bob, "join"))).toEqual(isAllowed);
		room.member(bob, "join");
		expect(decide(room, membershipOf(bob, "join"))).toEqual(isAllowed);
	}
});

test.each(versions("6"))("AUTH-JOIN-INVITED: refuses strangers where no join rule is set (v%s)", (id) => {
	const room = testRoom(id);
	expect(decide(room, membershipOf(bob, "join"))).toMatchObject(isRefusedBy("AUTH-JOIN-INVITED"));
	room.append({ type: "m.room.join_rules", sender: alice, stateKey: "", content: {} });
	expect(decide(room, membershipOf(bob, "join"))).toMatchObject(isRefusedBy("AUTH-JOIN-INVITED"));
});

const restrictedRules = (id: RoomVersionId): string[] =>
	versions("10").includes(id) ? ["restricted", "knock_restricted"] : ["restricted"];

const joinVia = (authoriser: string) =>
	membershipOf(carol, "join", { content: { join_authorised_via_users_server: authoriser } });

test.each(versions("8"))("AUTH-JOIN-RESTRICTED: refuses without a member who may invite (v%s)", (id) => {
	for (const joinRule of restrictedRules(id)) {
		const powerLevels = levels(id, { invite: 50 });
		const room = testRoom(id, { joinRule, powerLevels, members: [bob] });
		const refusal = isRefusedBy("AUTH-JOIN-RESTRICTED");
		expect(decide(room, membershipOf(carol, "join"))).toMatchObject(refusal);
		expect(decide(room, joinVia(bob)), "too little power").toMatchObject(refusal);
		expect(decide(room, joinVia("@nobody:one.example")), "not in the room").toMatchObject(refusal);
		room.member(alice, "leave");
		expect(decide(room, joinVia(alice)), "left the room").toMatchObject(refusal);
	}
});

test.each(versions("8"))("AUTH-JOIN-RESTRICTED: allows with a member who may invite (v%s)", (id) => {
	for (const joinRule of restrictedRules(id)) {
		const powerLevels = levels(id, { invite: 50, users: { [bob]: 50 } });
		const room = testRoom(id, { joinRule, powerLevels, members: [bob] });
		expect(decide(room, joinVia(bob))).toEqual(isAllowed);
		expect(decide(room, joinVia(alice))).toEqual(isAllowed);
	}
});

test.each(versions("8"))("AUTH-JOIN-RESTRICTED: allows invited users and members without an authoriser (v%s)", (id) => {
	for (const joinRule of restrictedRules(id)) {
		const room = testRoom(id, { joinRule, powerLevels: levels(id, { invite: 100 }) });
		room.member(carol, "invite", { sender: alice });
		expect(decide(room, membershipOf(carol, "join"))).toEqual(isAllowed);
		room.member(carol, "join");
		expect(decide(room, membershipOf(carol, "join"))).toEqual(isAllowed);
	}
});

test.each(versions("6"))("AUTH-JOIN-RULE: refuses rules that the version does not know (v%s)", (id) => {
	const unknown = ["private", "", ...(id === "6" ? ["knock"] : [])];
	if (versions("6", "7").includes(id)) unknown.push("restricted");
	if (versions("6", "9").includes(id)) unknown.push("knock_restricted");
	for (const joinRule of unknown) {
		const room = testRoom(id, { joinRule });
		room.member(bob, "invite", { sender: alice });
		expect(decide(room, membershipOf(bob, "join"))).toMatchObject(isRefusedBy("AUTH-JOIN-RULE"));
	}
	const notText = testRoom(id);
	notText.append({ type: "m.room.join_rules", sender: alice, stateKey: "", content: { join_rule: ["public"] } });
	expect(decide(notText, membershipOf(bob, "join"))).toMatchObject(isRefusedBy("AUTH-JOIN-RULE"));
});

test.each(versions("6"))("AUTH-JOIN-RULE: allows anybody where the rule is public (v%s)", (id) => {
	expect(decide(testRoom(id, { joinRule: "public" }), membershipOf(bob, "join"))).toEqual(isAllowed);
});
