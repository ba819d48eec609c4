import { expect, test } from "vitest";
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
	membershipOf,
	versions,
} from "../testing/authorization-checks.ts";
import { type TestRoom, testRoom } from "../testing/event-factory.ts";

test.each(versions("6"))("AUTH-LEAVE-SELF: refuses users who are not in the room, or banned (v%s)", (id) => {
	const room = testRoom(id);
	const refusal = isRefusedBy("AUTH-LEAVE-SELF");
	expect(decide(room, membershipOf(bob, "leave"))).toMatchObject(refusal);
	for (const membership of ["leave", "ban", ...(id === "6" ? ["knock"] : [])]) {
		room.member(bob, membership, { sender: alice });
		expect(decide(room, membershipOf(bob, "leave"))).toMatchObject(refusal);
	}
});

test.each(versions("6"))("AUTH-LEAVE-SELF: allows members and invited users (v%s)", (id) => {
	const room = testRoom(id);
	for (const membership of ["invite", "join"]) {
		room.member(bob, membership, { sender: alice });
		expect(decide(room, membershipOf(bob, "leave"))).toEqual(isAllowed);
	}
});

test.each(versions("7"))("AUTH-LEAVE-SELF: allows taking back a knock from v7 on (v%s)", (id) => {
	const room = testRoom(id, { joinRule: "knock" });
	room.member(bob, "knock");
	expect(decide(room, membershipOf(bob, "leave"))).toEqual(isAllowed);
});

/** Carol may kick from 30 and ban from 60; Bob's and Carol's levels are the test's. */
const moderatedRoom = (id: RoomVersionId, carolLevel: number, bobLevel: number): TestRoom => {
	const powerLevels = levels(id, { kick: 30, ban: 60, users: { [carol]: carolLevel, [bob]: bobLevel } });
	return testRoom(id, { joinRule: "public", powerLevels, members: [bob, carol] });
};
const kickBob = membershipOf(bob, "leave", { sender: carol });

test.each(versions("6"))("AUTH-LEAVE-SENDER: refuses a kick by somebody outside (v%s)", (id) => {
	const room = moderatedRoom(id, 100, 0);
	room.member(carol, "leave");
	expect(decide(room, kickBob)).toMatchObject(isRefusedBy("AUTH-LEAVE-SENDER"));
	room.member(carol, "invite", { sender: alice });
	expect(decide(room, kickBob)).toMatchObject(isRefusedBy("AUTH-LEAVE-SENDER"));
});

test.each(versions("6"))("AUTH-LEAVE-SENDER: allows a kick by a member with the power (v%s)", (id) => {
	expect(decide(moderatedRoom(id, 100, 0), kickBob)).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-LEAVE-UNBAN: refuses an unban below the ban level (v%s)", (id) => {
	const room = moderatedRoom(id, 59, 0);
	room.member(bob, "ban", { sender: alice });
	expect(decide(room, kickBob)).toMatchObject(isRefusedBy("AUTH-LEAVE-UNBAN"));
});

test.each(versions("6"))("AUTH-LEAVE-UNBAN: allows an unban at the ban level (v%s)", (id) => {
	const room = moderatedRoom(id, 60, 0);
	room.member(bob, "ban", { sender: alice });
	expect(decide(room, kickBob)).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-LEAVE-KICK: refuses an unban below the kick level (v%s)", (id) => {
	const powerLevels = levels(id, { kick: 70, ban: 60, users: { [carol]: 65 } });
	const room = testRoom(id, { powerLevels, members: [carol] });
	room.member(bob, "ban", { sender: alice });
	expect(decide(room, kickBob)).toMatchObject(isRefusedBy("AUTH-LEAVE-KICK"));
});

test.each(versions("6"))("AUTH-LEAVE-KICK: refuses too little power, and targets not below (v%s)", (id) => {
	for (const [carolLevel, bobLevel] of [
		[29, 0],
		[40, 40],
		[40, 41],
	] as const) {
		const decision = decide(moderatedRoom(id, carolLevel, bobLevel), kickBob);
		expect(decision).toMatchObject(isRefusedBy("AUTH-LEAVE-KICK"));
	}
});

test.each(versions("6"))("AUTH-LEAVE-KICK: allows the kick level over a lower target (v%s)", (id) => {
	for (const [carolLevel, bobLevel] of [
		[30, 29],
		[30, -1],
	] as const) {
		expect(decide(moderatedRoom(id, carolLevel, bobLevel), kickBob)).toEqual(isAllowed);
	}
});

test("AUTH-LEAVE-KICK: refuses kicking a creator, also by another creator (v12)", () => {
	const powerLevels = levels("12", { users: { [carol]: Number.MAX_SAFE_INTEGER } });
	const createContent = { additional_creators: [dave] };
	const room = testRoom("12", { createContent, powerLevels, members: [carol, dave] });
	for (const sender of [carol, dave]) {
		const decision = decide(room, membershipOf(alice, "leave", { sender }));
		expect(decision).toMatchObject(isRefusedBy("AUTH-LEAVE-KICK"));
	}
});

test("AUTH-LEAVE-KICK: allows a creator to kick any other user (v12)", () => {
	const powerLevels = levels("12", { kick: Number.MAX_SAFE_INTEGER, users: { [bob]: Number.MAX_SAFE_INTEGER } });
	const room = testRoom("12", { createContent: { additional_creators: [dave] }, powerLevels, members: [bob, dave] });
	expect(decide(room, membershipOf(bob, "leave", { sender: alice }))).toEqual(isAllowed);
	expect(decide(room, membershipOf(bob, "leave", { sender: dave }))).toEqual(isAllowed);
});
