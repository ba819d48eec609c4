import { expect, it } from "vitest";
import type { EventId, RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import { userId } from "../../../../federation/testing/identifiers.ts";
import { createTestSharedRooms, type TestSharedRooms } from "../../../../tests/setup/test-shared-rooms.ts";

const [bob, eve] = [userId("@bob:two.example"), userId("@eve:two.example")];

type Place = { readonly eventId: EventId; readonly depth: number };

/** A room with bob, and with eve who is banned by now: whatever she says in the past is soft-failed. */
const openRoom = async () => {
	const test = await createTestSharedRooms();
	const ann = await test.addPerson("ann");
	const roomId = await test.rooms.create({ creatorId: ann, transactionId: "t", kind: "public", inviteeIds: [] });
	await test.join(roomId, bob);
	await test.join(roomId, eve);
	const past = await test.ends(roomId);
	await test.rooms.ban({ userId: ann, roomId, targetId: eve });
	const [ban] = await test.ends(roomId);
	const say = async (sender: typeof bob, prevEvents: readonly Place[]): Promise<Place> => {
		const content = { msgtype: "m.text", body: "hello" };
		const authEvents = await authOf(test, roomId, sender);
		const told = await test.tryAct({ roomId, sender, type: "m.room.message", content, prevEvents, authEvents });
		if (told.kind !== "stored" || told.status !== (sender === eve ? "softFailed" : "accepted"))
			throw new Error(JSON.stringify(told));
		return { eventId: told.builtId, depth: Math.max(...prevEvents.map(({ depth }) => depth)) + 1 };
	};
	const ends = async (): Promise<readonly EventId[]> => (await test.ends(roomId)).map(({ eventId }) => eventId).sort();
	return {
		...{ test, roomId, past, say, ends, banId: ban?.eventId as EventId },
		[Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
	};
};

/** What allowed the person to speak before the ban. */
const authOf = async (test: TestSharedRooms, roomId: RoomId, sender: typeof bob): Promise<readonly EventId[]> => {
	const { rows } = await test.database.pool.query(
		`SELECT e.event_id AS id FROM events e JOIN rooms r ON r.nid = e.room_nid WHERE r.id = $1 AND (e.type = 'm.room.power_levels'
			OR (e.type = 'm.room.member' AND e.state_key = $2 AND e.sender = $2))`,
		[roomId, sender],
	);
	return rows.map(({ id }: { id: EventId }) => id);
};

it("covers what is before an event that was not accepted, when something accepted comes after it", async () => {
	await using room = await openRoom();
	const { past, say, ends, banId } = room;
	const first = await say(bob, past);
	expect(await ends()).toEqual([banId, first.eventId].sort());
	const refused = await say(eve, [first]);
	const refusedToo = await say(eve, [refused]);
	expect(await ends()).toEqual([banId, first.eventId].sort());
	const last = await say(bob, [refusedToo]);
	expect(await ends()).toEqual([banId, last.eventId].sort());
});
