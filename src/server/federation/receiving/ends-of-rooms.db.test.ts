import { expect, it } from "vitest";
import type { RoomEvent } from "../../../../federation/events/room-event.ts";
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
	/** What somebody says, on its way still. */
	const write = async (sender: typeof bob, prevEvents: readonly Place[]): Promise<RoomEvent> => {
		const content = { msgtype: "m.text", body: "hello" };
		const authEvents = await authOf(test, roomId, sender);
		return test.build({ roomId, sender, type: "m.room.message", content, prevEvents, authEvents });
	};
	const hear = async (event: RoomEvent, stateBefore?: readonly EventId[]): Promise<void> => {
		const told = await test.receive(event, stateBefore);
		if (told.kind !== "stored" || told.status !== (event.sender === eve ? "softFailed" : "accepted"))
			throw new Error(JSON.stringify(told));
	};
	const say = async (sender: typeof bob, prevEvents: readonly Place[]): Promise<RoomEvent> => {
		const event = await write(sender, prevEvents);
		await hear(event);
		return event;
	};
	/** The state where the past ends, as a server would tell it. */
	const stateOfPast = async (): Promise<readonly EventId[]> => {
		const [stored] = (await test.graph.find(past.map(({ eventId }) => eventId))).values();
		return [...(await test.graph.stateOf(stored?.stateGroupId ?? 0)).values()].map(({ eventId }) => eventId);
	};
	const ends = async (): Promise<readonly EventId[]> => (await test.ends(roomId)).map(({ eventId }) => eventId).sort();
	return {
		...{ test, roomId, past, write, hear, say, stateOfPast, ends, banId: ban?.eventId as EventId },
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

it("makes no end of what arrives late, where something accepted comes after it by others that were not", async () => {
	await using room = await openRoom();
	const { past, write, hear, say, stateOfPast, ends, banId } = room;
	const late = await write(bob, past);
	const refused = await write(eve, [late]);
	await hear(refused, await stateOfPast());
	const refusedToo = await say(eve, [refused]);
	const lateToo = await write(bob, past);
	const last = await say(bob, [refusedToo]);
	expect(await ends()).toEqual([banId, last.eventId].sort());
	await hear(late);
	expect(await ends()).toEqual([banId, last.eventId].sort());
	// What nothing comes after is an end, however late it is.
	await hear(lateToo);
	expect(await ends()).toEqual([banId, last.eventId, lateToo.eventId].sort());
});
