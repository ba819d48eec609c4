import { expect, test } from "vitest";
import {
	alice,
	bob,
	carol,
	decide,
	isAllowed,
	isRefusedBy,
	membershipOf,
	versions,
} from "../testing/authorization-checks.ts";
import { testRoom } from "../testing/event-factory.ts";

test.each(versions("7"))("AUTH-KNOCK-RULE: refuses where the join rule allows no knocking (v%s)", (id) => {
	const closed = ["public", "invite", "private", "restricted"];
	if (versions("7", "9").includes(id)) closed.push("knock_restricted");
	for (const joinRule of closed) {
		const room = testRoom(id, { joinRule });
		expect(decide(room, membershipOf(bob, "knock"))).toMatchObject(isRefusedBy("AUTH-KNOCK-RULE"));
	}
	expect(decide(testRoom(id), membershipOf(bob, "knock"))).toMatchObject(isRefusedBy("AUTH-KNOCK-RULE"));
});

test.each(versions("7"))("AUTH-KNOCK-RULE: allows where the join rule is knock (v%s)", (id) => {
	expect(decide(testRoom(id, { joinRule: "knock" }), membershipOf(bob, "knock"))).toEqual(isAllowed);
});

test.each(versions("10"))("AUTH-KNOCK-RULE: allows where the join rule is knock_restricted (v%s)", (id) => {
	expect(decide(testRoom(id, { joinRule: "knock_restricted" }), membershipOf(bob, "knock"))).toEqual(isAllowed);
});

test.each(versions("7"))("AUTH-KNOCK-SENDER: refuses knocking for another user (v%s)", (id) => {
	const room = testRoom(id, { joinRule: "knock" });
	const decision = decide(room, membershipOf(bob, "knock", { sender: carol }));
	expect(decision).toMatchObject(isRefusedBy("AUTH-KNOCK-SENDER"));
});

test.each(versions("7"))("AUTH-KNOCK-SENDER: allows knocking for oneself (v%s)", (id) => {
	expect(decide(testRoom(id, { joinRule: "knock" }), membershipOf(carol, "knock"))).toEqual(isAllowed);
});

test.each(versions("7"))("AUTH-KNOCK-MEMBERSHIP: refuses banned, invited and joined users (v%s)", (id) => {
	for (const membership of ["ban", "invite", "join"]) {
		const room = testRoom(id, { joinRule: "knock" });
		room.member(bob, membership, { sender: alice });
		expect(decide(room, membershipOf(bob, "knock"))).toMatchObject(isRefusedBy("AUTH-KNOCK-MEMBERSHIP"));
	}
});

test.each(versions("7"))("AUTH-KNOCK-MEMBERSHIP: allows users who left or knock again (v%s)", (id) => {
	for (const membership of ["leave", "knock"]) {
		const room = testRoom(id, { joinRule: "knock" });
		room.member(bob, membership);
		expect(decide(room, membershipOf(bob, "knock"))).toEqual(isAllowed);
	}
});
