import { expect, it } from "vitest";
import { userId } from "../../../../federation/testing/identifiers.ts";
import { createTestSharedRooms } from "../../../../tests/setup/test-shared-rooms.ts";

it("queues a plain message for every other server in the room, without taking the lock first", async () => {
	await using test = await createTestSharedRooms();
	const ann = await test.addPerson("ann");
	const roomId = await test.rooms.create({ creatorId: ann, transactionId: "t", kind: "public", inviteeIds: [] });
	for (const name of ["@bob:two.example", "@eve:two.example", "@joe:three.example"])
		await test.join(roomId, userId(name));
	const say = (body: string) => test.messages.send({ userId: ann, roomId, transactionId: body, body });
	const queued = async () => {
		const { rows } = await test.database.pool.query(
			`SELECT o.destination, e.event_id AS "eventId" FROM outbox_entries o JOIN events e ON e.nid = o.event_nid
			WHERE e.type = 'm.room.message' ORDER BY o.id`,
		);
		return rows;
	};
	const first = await say("the room is read");
	const locks = test.locksTaken();
	const second = await say("and remembered");
	expect(test.locksTaken()).toBe(locks);
	expect(await queued()).toEqual(
		[first, second].flatMap(({ eventId }) => [
			{ destination: "three.example", eventId },
			{ destination: "two.example", eventId },
		]),
	);
	await test.act({
		...{ roomId, sender: userId("@joe:three.example"), type: "m.room.member", stateKey: "@joe:three.example" },
		content: { membership: "leave" },
	});
	const third = await say("joe is gone");
	const fourth = await say("and stays away");
	const toldFor = test.committed.map(({ destinations }) => destinations?.toSorted());
	expect(toldFor.slice(-1)).toEqual([["two.example"]]);
	expect(toldFor).toContainEqual(["three.example", "two.example"]);
	expect((await queued()).slice(4)).toEqual(
		[third, fourth].map(({ eventId }) => ({ destination: "two.example", eventId })),
	);
});

it("says for whom a commit queued something where those are few, and that there is nobody where it queued nothing", async () => {
	await using test = await createTestSharedRooms();
	const ann = await test.addPerson("ann");
	const own = await test.rooms.create({ creatorId: ann, transactionId: "own", kind: "group", inviteeIds: [] });
	const roomId = await test.rooms.create({ creatorId: ann, transactionId: "t", kind: "public", inviteeIds: [] });
	for (let number = 0; number < 21; number += 1) await test.join(roomId, userId(`@bob:s${number}.example`));
	const say = async (room: typeof roomId, body: string) => {
		await test.messages.send({ userId: ann, roomId: room, transactionId: body, body });
		return test.committed.at(-1)?.destinations;
	};
	await say(own, "read");
	expect(await say(own, "nobody else is here")).toEqual([]);
	await say(roomId, "read as well");
	expect(await say(roomId, "many are")).toBeUndefined();
}, 30_000);
