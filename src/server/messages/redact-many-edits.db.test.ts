import { expect, it } from "vitest";
import { createTestDatabase } from "../../../tests/setup/test-database.ts";
import { createTestRooms } from "../../../tests/setup/test-rooms.ts";

it("deletes a message with hundreds of edits in short steps, whole in the end, and lets others write in between", async () => {
	await using test = await createTestDatabase();
	const kith = createTestRooms(test.database);
	const [alice, bob] = [await kith.addPerson("alice"), await kith.addPerson("bob")];
	const roomId = await kith.rooms.create({ creatorId: alice, transactionId: "t", kind: "group", inviteeIds: [bob] });
	await kith.rooms.join({ userId: bob, room: roomId });
	const write = (userId: typeof alice) => ({ userId, roomId, transactionId: kith.transactionId() });
	const { eventId } = await kith.messages.send({ ...write(alice), body: "SECRET" });
	const edits = Array.from({ length: 450 }, (_, at) => `SECRET ${at}`);
	await Promise.all(edits.map((body) => kith.messages.edit({ ...write(alice), targetEventId: eventId, body })));
	const redactions = async () =>
		(await test.database.pool.query("SELECT count(*)::int AS n FROM events WHERE redacted_by_nid IS NOT NULL")).rows[0]
			.n;

	await expect(kith.messages.redact({ ...write(bob), targetEventId: eventId })).rejects.toMatchObject({
		code: "forbidden",
	});
	expect(await redactions()).toBe(0);

	const before = kith.committed.length;
	const deletion = kith.messages.redact({ ...write(alice), targetEventId: eventId });
	await kith.messages.send({ ...write(bob), body: "meanwhile" });
	expect(await redactions()).toBeLessThan(451);
	await deletion;
	for (const { from, to } of kith.committed.slice(before)) expect(to - from).toBeLessThanOrEqual(102);
	expect(await redactions()).toBe(451);
	const { rows } = await test.database.pool.query("SELECT count(*)::int AS n FROM events WHERE json LIKE '%SECRET%'");
	expect(rows).toEqual([{ n: 0 }]);
});
