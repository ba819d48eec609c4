import { expect, it } from "vitest";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { createTestDatabase } from "../../../tests/setup/test-database.ts";
import { followStream, openTestProcess } from "../../../tests/setup/test-stream.ts";
import type { StreamOptions } from "./create-stream.ts";

const openRoom = async (around?: (options: StreamOptions) => StreamOptions) => {
	const test = await createTestDatabase();
	const kith = await openTestProcess(test, around);
	const people = [await kith.addPerson("alice"), await kith.addPerson("bob"), await kith.addPerson("carol")] as const;
	const [alice, ...others] = people;
	for (const userId of people) {
		await test.database.prisma.session.create({
			data: { id: userId, userId, deviceId: "device", deviceName: "device" },
		});
	}
	const roomId = await kith.rooms.create({ creatorId: alice, transactionId: "t", kind: "group", inviteeIds: others });
	for (const userId of others) await kith.rooms.join({ userId, room: roomId });
	return {
		...kith,
		people,
		send: (body: string) => kith.messages.send({ userId: alice, roomId, transactionId: kith.transactionId(), body }),
		acknowledge: (userId: UserId, position: number) =>
			kith.stream.acknowledge({ userId, sessionId: userId, deviceId: "device", isOwner: false }, position),
		ackedBy: async (userId: UserId) =>
			(await test.database.pool.query("SELECT acked_position FROM sessions WHERE id = $1", [userId])).rows[0]
				.acked_position as number,
		[Symbol.asyncDispose]: async () => {
			await kith.close();
			await test[Symbol.asyncDispose]();
		},
	};
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it("stores what good devices acknowledge beside one that sends no position", async () => {
	await using room = await openRoom();
	const [alice, bob, carol] = room.people;
	const bobs = followStream(room.stream, bob);
	const { position } = await room.send("hello");
	await bobs.until(() => bobs.bodies().includes("hello"));
	room.acknowledge(carol, -1e19);
	room.acknowledge(bob, Number(position));
	room.acknowledge(alice, 1e19);
	await expect.poll(() => room.ackedBy(bob), { timeout: 10_000 }).toBe(Number(position));
	expect(await room.ackedBy(carol)).toBe(0);
	// A device cannot have come further than the stream.
	expect(await room.ackedBy(alice)).toBe(Number(position));
	bobs.stop();
});

it("tells of ticks that are new only, so that acknowledging them comes to rest", async () => {
	await using room = await openRoom();
	const [alice, bob, carol] = room.people;
	const [alices, bobs] = [followStream(room.stream, alice), followStream(room.stream, bob)];
	await Promise.all([alices, bobs].map((follower) => follower.until(() => follower.items.length > 0)));
	const { position } = await room.send("hello");
	await alices.until(() => alices.bodies().includes("hello"));
	// Carol's device is somewhat behind and stays there.
	room.acknowledge(carol, 3);
	room.acknowledge(bob, Number(position));
	room.acknowledge(alice, Number(position));
	const ticks = () => alices.deltas().filter((delta) => delta.progress?.deliveredPosition === "3");
	await alices.until(() => ticks().length > 0);
	const told = alices.items.length;
	for (let round = 0; round < 3; round += 1) {
		room.acknowledge(alice, Number(position));
		room.acknowledge(bob, Number(position));
		await pause(300);
	}
	expect(alices.items).toHaveLength(told);
	for (const follower of [alices, bobs]) follower.stop();
});

it("keeps what was acknowledged while the database was away", async () => {
	let failures = 1;
	await using room = await openRoom((options) => ({
		...options,
		store: {
			...options.store,
			acknowledge: async (acknowledged) => {
				if (failures-- > 0) throw new Error("the database went away");
				return options.store.acknowledge(acknowledged);
			},
		},
	}));
	const [, bob] = room.people;
	const bobs = followStream(room.stream, bob);
	const { position } = await room.send("hello");
	await bobs.until(() => bobs.bodies().includes("hello"));
	room.acknowledge(bob, Number(position));
	await expect.poll(() => room.ackedBy(bob), { timeout: 10_000 }).toBe(Number(position));
	bobs.stop();
});
