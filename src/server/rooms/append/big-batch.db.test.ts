import { expect, it } from "vitest";
import { createTestDatabase } from "../../../../tests/setup/test-database.ts";
import { createTestRooms } from "../../../../tests/setup/test-rooms.ts";

it("splits many big writes over transactions, so that others wait for a part of them only, and loses none", async () => {
	await using test = await createTestDatabase();
	const kith = createTestRooms(test.database);
	const alice = await kith.addPerson("alice");
	const people = await Promise.all(Array.from({ length: 40 }, (_, index) => kith.addPerson(`p${index}`)));
	const create = () =>
		kith.rooms.create({
			creatorId: alice,
			transactionId: kith.transactionId(),
			kind: "group",
			inviteeIds: people,
		});
	const roomIds = await Promise.all(Array.from({ length: 60 }, create));
	expect(new Set(roomIds).size).toBe(60);
	for (const { from, to } of kith.committed) expect(to - from).toBeLessThan(1_200);
	const { rows } = await test.database.pool.query("SELECT count(*)::int AS n FROM events");
	expect(rows[0].n).toBe(60 * 46);
});

it("gives a batch's jobs their turn in the order in which they came, also when it was split", async () => {
	await using test = await createTestDatabase();
	const kith = createTestRooms(test.database);
	const alice = await kith.addPerson("alice");
	const roomId = await kith.rooms.create({ creatorId: alice, transactionId: "t", kind: "group", inviteeIds: [] });
	const sent = await Promise.all(
		Array.from({ length: 2_500 }, (_, index) =>
			kith.messages.send({ userId: alice, roomId, transactionId: `m${index}`, body: `${index}` }),
		),
	);
	const positions = sent.map(({ position }) => Number(position));
	expect(positions).toEqual(positions.toSorted((a, b) => a - b));
});
