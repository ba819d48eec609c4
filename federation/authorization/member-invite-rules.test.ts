import { expect, test } from "vitest";
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
import { testRoom } from "../testing/event-factory.ts";

const inviteCarol = membershipOf(carol, "invite", { sender: bob });

test.each(versions("6"))("AUTH-INVITE-SENDER: refuses an invite by somebody outside (v%s)", (id) => {
	const room = testRoom(id, { powerLevels: levels(id, { users: { [bob]: 100 } }) });
	for (const membership of ["leave", "invite", "knock", "ban"]) {
		room.member(bob, membership, { sender: alice });
		expect(decide(room, inviteCarol)).toMatchObject(isRefusedBy("AUTH-INVITE-SENDER"));
	}
});

test.each(versions("6"))("AUTH-INVITE-SENDER: allows an invite by a member (v%s)", (id) => {
	expect(decide(testRoom(id, { members: [bob] }), inviteCarol)).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-INVITE-TARGET: refuses inviting members and banned users (v%s)", (id) => {
	const room = testRoom(id, { members: [bob] });
	for (const membership of ["join", "ban"]) {
		room.member(carol, membership, { sender: alice });
		expect(decide(room, inviteCarol)).toMatchObject(isRefusedBy("AUTH-INVITE-TARGET"));
	}
});

test.each(versions("6"))("AUTH-INVITE-TARGET: allows inviting who left, knocks or is invited (v%s)", (id) => {
	const room = testRoom(id, { members: [bob] });
	for (const membership of ["leave", "knock", "invite"]) {
		room.member(carol, membership, { sender: alice });
		expect(decide(room, inviteCarol)).toEqual(isAllowed);
	}
});

test.each(versions("6"))("AUTH-INVITE-LEVEL: refuses below the invite level (v%s)", (id) => {
	const powerLevels = levels(id, { invite: 50, users: { [bob]: 49 } });
	const decision = decide(testRoom(id, { powerLevels, members: [bob] }), inviteCarol);
	expect(decision).toMatchObject(isRefusedBy("AUTH-INVITE-LEVEL"));
	const negative = levels(id, { users_default: -1 });
	const byDefault = decide(testRoom(id, { powerLevels: negative, members: [bob] }), inviteCarol);
	expect(byDefault, "the invite level is 0 by default").toMatchObject(isRefusedBy("AUTH-INVITE-LEVEL"));
});

test.each(versions("6"))("AUTH-INVITE-LEVEL: allows at the invite level (v%s)", (id) => {
	const powerLevels = levels(id, { invite: 50, users: { [bob]: 50 } });
	expect(decide(testRoom(id, { powerLevels, members: [bob] }), inviteCarol)).toEqual(isAllowed);
});
