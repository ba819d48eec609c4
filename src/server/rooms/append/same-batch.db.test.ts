import { describe, expect, it } from "vitest";
import { createTestDatabase } from "../../../../tests/setup/test-database.ts";
import { createTestRooms } from "../../../../tests/setup/test-rooms.ts";
import { createAppendStore } from "../../adapters/prisma/append/append-store.ts";
import { createHeadCache } from "./head-cache.ts";
import { loadBatch } from "./load-batch.ts";

const openRoom = async () => {
	const test = await createTestDatabase();
	const kith = createTestRooms(test.database);
	const [alice, bob] = [await kith.addPerson("alice"), await kith.addPerson("bob")];
	const roomId = await kith.rooms.create({ creatorId: alice, transactionId: "t", kind: "group", inviteeIds: [bob] });
	await kith.rooms.join({ userId: bob, room: roomId });
	const write = (userId: typeof alice) => ({ userId, roomId, transactionId: kith.transactionId() });
	const send = (userId: typeof alice, body: string) => kith.messages.send({ ...write(userId), body });
	return {
		...kith,
		test,
		alice,
		bob,
		roomId,
		write,
		send,
		/** Runs the calls in one transaction: what arrives while another is under way waits and goes together. */
		together: async <T>(...calls: readonly (() => Promise<T>)[]) => {
			const first = send(alice, "goes alone");
			const results = Promise.allSettled(calls.map((call) => call()));
			await first;
			return results;
		},
		textOnDisk: async () =>
			(await test.database.pool.query("SELECT string_agg(json, '\n') AS text FROM events")).rows[0].text as string,
		[Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
	};
};

describe("jobs of one batch", () => {
	it("deletes an edit that was made in the same batch", async () => {
		await using room = await openRoom();
		const { eventId: targetEventId } = await room.send(room.alice, "SECRET-ONE");
		const edit = () => room.messages.edit({ ...room.write(room.alice), targetEventId, body: "SECRET-TWO" });
		const redact = () => room.messages.redact({ ...room.write(room.alice), targetEventId });
		const results = await room.together(edit, redact);
		expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
		expect(await room.textOnDisk()).not.toContain("SECRET");
	});

	it("takes no edit, reaction or second deletion of what the same batch deleted", async () => {
		await using room = await openRoom();
		const { eventId: targetEventId } = await room.send(room.alice, "SECRET-ONE");
		const redact = () => room.messages.redact({ ...room.write(room.alice), targetEventId });
		const edit = () => room.messages.edit({ ...room.write(room.alice), targetEventId, body: "SECRET-TWO" });
		const react = () => room.messages.react({ ...room.write(room.bob), targetEventId, key: "x" });
		const [first, ...others] = await room.together(redact, edit, react, redact);
		expect(first?.status).toBe("fulfilled");
		for (const other of others) expect(other).toMatchObject({ status: "rejected", reason: { code: "not-found" } });
		expect(await room.textOnDisk()).not.toContain("SECRET");
	});

	it("lets a reaction be given again after it was taken back in the same batch", async () => {
		await using room = await openRoom();
		const { eventId: targetEventId } = await room.send(room.alice, "cake?");
		const react = () => room.messages.react({ ...room.write(room.bob), targetEventId, key: "🍰" });
		const first = await react();
		const takeBack = () => room.messages.redact({ ...room.write(room.bob), targetEventId: first.eventId });
		const [, again] = await room.together(takeBack, react);
		expect(again).toMatchObject({ status: "fulfilled" });
		const { rows } = await room.test.database.pool.query(
			"SELECT count(*)::int AS n FROM events WHERE type = 'm.reaction' AND redacted_by_nid IS NULL",
		);
		expect(rows[0].n).toBe(1);
	});

	it("keeps the later of two read positions, whichever came first", async () => {
		await using room = await openRoom();
		const [one, two] = [await room.send(room.alice, "1"), await room.send(room.alice, "2")];
		const mark = (eventId: typeof one.eventId) => () =>
			room.messages.markRead({ userId: room.bob, roomId: room.roomId, eventId, kind: "public" });
		await room.together(mark(two.eventId), mark(one.eventId));
		const { rows } = await room.test.database.pool.query("SELECT position FROM receipts WHERE is_public");
		expect(rows).toEqual([{ position: Number(two.position) }]);
	});

	it("keeps one's own message read when an older one is marked right after it", async () => {
		await using room = await openRoom();
		const old = await room.send(room.alice, "old");
		const answer = () => room.send(room.bob, "answer");
		const mark = async () => {
			await room.messages.markRead({ userId: room.bob, roomId: room.roomId, eventId: old.eventId, kind: "private" });
		};
		await room.together<unknown>(answer, mark);
		const { rows } = await room.test.database.pool.query(
			"SELECT r.position = e.nid AS is_own FROM receipts r, events e WHERE r.user_id = $1 AND e.sender = $1 AND e.type = 'm.room.message'",
			[room.bob],
		);
		expect(rows).toEqual([{ is_own: true }]);
	});

	it("makes every room of one person that is asked for in the same millisecond", async () => {
		await using room = await openRoom();
		const create = () =>
			room.rooms.create({
				creatorId: room.alice,
				transactionId: room.transactionId(),
				kind: "group",
				inviteeIds: [],
			});
		const results = await room.together(...Array.from({ length: 12 }, () => create));
		expect(new Set(results.map((result) => (result.status === "fulfilled" ? result.value : result.reason))).size).toBe(
			12,
		);
		expect(results.every(({ status }) => status === "fulfilled")).toBe(true);
	});

	it("finds every room of a batch though the cache has room for none of them", async () => {
		await using room = await openRoom();
		const other = await room.rooms.create({
			creatorId: room.alice,
			transactionId: "o",
			kind: "group",
			inviteeIds: [],
		});
		const heads = createHeadCache(1);
		const jobs = [room.roomId, other].map((roomId) => ({
			rooms: [roomId],
			users: [room.alice],
			plan: () => undefined,
		}));
		await createAppendStore(room.test.database.pool).withStreamLock(async (transaction) => {
			const loaded = await loadBatch(transaction, heads, jobs);
			expect([room.roomId, other].map((roomId) => loaded.heads.get(roomId)?.row.roomId)).toEqual([room.roomId, other]);
			expect(loaded.heads.get(room.roomId)?.members.has(room.alice)).toBe(true);
		});
	});
});

describe("deleting under a transaction id", () => {
	it("leaves ids that only look like those of a deletion's parts to the writer", async () => {
		await using room = await openRoom();
		const { eventId: targetEventId } = await room.send(room.alice, "first");
		await room.messages.edit({ ...room.write(room.alice), targetEventId, body: "second" });
		await room.messages.redact({ ...room.write(room.alice), transactionId: "x", targetEventId });
		const sent = await room.messages.send({ ...room.write(room.alice), transactionId: "x.0", body: "not lost" });
		expect(sent.eventId).toMatch(/^\$/);
		expect(await room.textOnDisk()).toContain("not lost");
	});
});
