import { expect, test } from "vitest";
import { alice, bob, decide, isAllowed, isRefusedBy, membershipOf, versions } from "../testing/authorization-checks.ts";
import { testRoom } from "../testing/event-factory.ts";

test.each(versions("6"))("AUTH-MEMBER-FIELDS: refuses no state key and no membership (v%s)", (id) => {
	const room = testRoom(id, { joinRule: "public" });
	const refusal = isRefusedBy("AUTH-MEMBER-FIELDS");
	const content = { membership: "join" };
	expect(decide(room, { type: "m.room.member", sender: bob, content })).toMatchObject(refusal);
	expect(decide(room, { type: "m.room.member", sender: bob, stateKey: bob })).toMatchObject(refusal);
});

test.each(versions("6"))("AUTH-MEMBER-FIELDS: allows a state key with a membership (v%s)", (id) => {
	const room = testRoom(id, { joinRule: "public" });
	const content = { membership: "join" };
	expect(decide(room, { type: "m.room.member", sender: bob, stateKey: bob, content })).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-MEMBER-TARGET: refuses a state key that is no user id (v%s)", (id) => {
	const room = testRoom(id, { joinRule: "public" });
	for (const stateKey of ["", "bob", "@bob", "#bob:two.example", "@bob:"]) {
		const decision = decide(room, membershipOf(alice, "invite", { stateKey }));
		expect(decision).toMatchObject(isRefusedBy("AUTH-MEMBER-TARGET"));
	}
});

test.each(versions("6"))("AUTH-MEMBER-TARGET: allows a historical user id (v%s)", (id) => {
	const room = testRoom(id);
	expect(decide(room, membershipOf(alice, "invite", { stateKey: "@Bob Smith:two.example" }))).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-MEMBER-UNKNOWN: refuses memberships that the version does not know (v%s)", (id) => {
	const room = testRoom(id, { joinRule: "knock", members: [bob] });
	for (const membership of ["", "Join", "invited", "__proto__", 1, null, ["join"], ...(id === "6" ? ["knock"] : [])]) {
		const decision = decide(room, membershipOf(bob, "", { content: { membership } }));
		expect(decision).toMatchObject(isRefusedBy("AUTH-MEMBER-UNKNOWN"));
	}
});

test.each(versions("7"))("AUTH-MEMBER-UNKNOWN: allows knock from v7 on (v%s)", (id) => {
	expect(decide(testRoom(id, { joinRule: "knock" }), membershipOf(bob, "knock"))).toEqual(isAllowed);
});
