import { describe, expect, it } from "vitest";
import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { createBackupPlace, createEmptyDatabase } from "../../../tests/setup/test-backup.ts";
import { createTestDatabase } from "../../../tests/setup/test-database.ts";
import { followStream, openTestProcess, type TestProcess } from "../../../tests/setup/test-stream.ts";

const write = async (process: TestProcess, to: { alice: UserId; roomId: RoomId }, bodies: readonly string[]) => {
	const positions: number[] = [];
	for (const body of bodies) {
		const transactionId = process.transactionId();
		const sent = await process.messages.send({ userId: to.alice, roomId: to.roomId, transactionId, body });
		positions.push(Number(sent.position));
	}
	return positions;
};

/** A server that was restored: what was written after the backup is lost, and Alice has written as much again since. */
const openRestored = async () => {
	const source = await createTestDatabase();
	const place = await createBackupPlace();
	const target = await createEmptyDatabase();
	const before = await openTestProcess(source);
	const alice = await before.addPerson("alice");
	const transactionId = before.transactionId();
	const roomId = await before.rooms.create({ creatorId: alice, transactionId, kind: "group", inviteeIds: [] });
	const kept = await write(before, { alice, roomId }, ["kept 1", "kept 2"]);
	await place.backUp(source.database);
	const lost = await write(before, { alice, roomId }, ["lost 1", "lost 2", "lost 3"]);
	await before.close();
	await place.restore({ dataFolder: place.newFolder(), databaseUrl: target.connectionString });
	const restored = await openTestProcess(target);
	const since = await write(restored, { alice, roomId }, ["since 1", "since 2", "since 3", "since 4"]);
	return {
		...{ restored, alice, roomId, kept, lost, since },
		[Symbol.asyncDispose]: async () => {
			await restored.close();
			for (const part of [source, place, target]) await part[Symbol.asyncDispose]();
		},
	};
};

describe("the stream of a restored server", () => {
	it("begins afresh for every token from before, and misses nothing that was written since", async () => {
		await using all = await openRestored();
		for (const token of [...all.kept, ...all.lost]) {
			const follower = followStream(all.restored.stream, all.alice, token);
			await follower.until(() => follower.bodies().includes("since 4"));
			expect([token, follower.items[0]?.item.kind]).toEqual([token, "start"]);
			expect(follower.bodies()).toEqual(["kept 1", "kept 2", "since 1", "since 2", "since 3", "since 4"]);
			follower.stop();
		}
	});

	it("gives no position out again that a client may have read up to", async () => {
		await using all = await openRestored();
		expect(Math.min(...all.since)).toBeGreaterThan(Math.max(...all.lost));
		expect(all.since.every(Number.isSafeInteger)).toBe(true);
	});

	it("goes on behind its own tokens", async () => {
		await using all = await openRestored();
		const follower = followStream(all.restored.stream, all.alice, all.since[1]);
		await follower.until(() => follower.bodies().length >= 2);
		expect(follower.items[0]?.item.kind).toBe("changes");
		expect(follower.bodies()).toEqual(["since 3", "since 4"]);
		await write(all.restored, all, ["next"]);
		await follower.until(() => follower.bodies().includes("next"));
		follower.stop();
	});
});
