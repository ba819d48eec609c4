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

const moderatedRoom = (id: RoomVersionId, carolLevel: number, bobLevel: number): TestRoom => {
	const powerLevels = levels(id, { kick: 90, ban: 60, users: { [carol]: carolLevel, [bob]: bobLevel } });
	return testRoom(id, { joinRule: "public", powerLevels, members: [bob, carol] });
};
const banBob = membershipOf(bob, "ban", { sender: carol });

test.each(versions("6"))("AUTH-BAN-SENDER: refuses a ban by somebody outside (v%s)", (id) => {
	const room = moderatedRoom(id, 100, 0);
	for (const membership of ["leave", "invite", "ban"]) {
		room.member(carol, membership, { sender: alice });
		expect(decide(room, banBob)).toMatchObject(isRefusedBy("AUTH-BAN-SENDER"));
	}
});

test.each(versions("6"))("AUTH-BAN-SENDER: allows a ban by a member with the power (v%s)", (id) => {
	expect(decide(moderatedRoom(id, 100, 0), banBob)).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-BAN-LEVEL: refuses too little power, and targets not below (v%s)", (id) => {
	for (const [carolLevel, bobLevel] of [
		[59, 0],
		[60, 60],
		[60, 61],
	] as const) {
		expect(decide(moderatedRoom(id, carolLevel, bobLevel), banBob)).toMatchObject(isRefusedBy("AUTH-BAN-LEVEL"));
	}
	const self = decide(moderatedRoom(id, 100, 0), membershipOf(carol, "ban"));
	expect(self, "oneself").toMatchObject(isRefusedBy("AUTH-BAN-LEVEL"));
});

test.each(versions("6"))("AUTH-BAN-LEVEL: allows the ban level over a lower target (v%s)", (id) => {
	expect(decide(moderatedRoom(id, 60, 59), banBob)).toEqual(isAllowed);
	const room = moderatedRoom(id, 60, 0);
	expect(decide(room, membershipOf(dave, "ban", { sender: carol })), "never in the room").toEqual(isAllowed);
});

test("AUTH-BAN-LEVEL: refuses banning a creator, also by another creator (v12)", () => {
	const powerLevels = levels("12", { users: { [carol]: Number.MAX_SAFE_INTEGER } });
	const createContent = { additional_creators: [dave] };
	const room = testRoom("12", { createContent, powerLevels, members: [carol, dave] });
	for (const sender of [carol, dave]) {
		const decision = decide(room, membershipOf(alice, "ban", { sender }));
		expect(decision).toMatchObject(isRefusedBy("AUTH-BAN-LEVEL"));
	}
});
