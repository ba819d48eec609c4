import { describe, expect, it } from "vitest";
import { createTestDatabase } from "../../../tests/setup/test-database.ts";
import { createTestRooms } from "../../../tests/setup/test-rooms.ts";

const openRoom = async () => {
	const test = await createTestDatabase();
	const kith = createTestRooms(test.database);
	const [alice, bob] = [await kith.addPerson("alice"), await kith.addPerson("bob")];
	const roomId = await kith.rooms.create({ creatorId: alice, transactionId: "t", kind: "group", inviteeIds: [bob] });
	await kith.rooms.join({ userId: bob, room: roomId });
	const send = (userId: typeof alice, body: string) =>
		kith.messages.send({ userId, roomId, transactionId: kith.transactionId(), body });
	const write = (userId: typeof alice) => ({ userId, roomId, transactionId: kith.transactionId() });
	const textOnDisk = async () =>
		(await test.database.pool.query("SELECT string_agg(json, '\n') AS text FROM events")).rows[0].text as string;
	return {
		...kith,
		test,
		alice,
		bob,
		roomId,
		send,
		write,
		textOnDisk,
		[Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
	};
};

describe("messages", () => {
	it("say of what no person wrote that it is a notice, and what it rests on", async () => {
		await using room = await openRoom();
		const cites = [{ line: 0, event_ids: ["$plan"] }];
		await room.messages.send({ ...room.write(room.alice), body: "Away until Monday", isAutomatic: true, cites });
		await room.send(room.alice, "Here again");
		const text = await room.textOnDisk();
		expect(text).toMatch(/"body":"Away until Monday"[^\n]*"msgtype":"m.notice"/);
		expect(text).toMatch(/"body":"Away until Monday","kith.cites":\[{"event_ids":\["\$plan"\],"line":0}\]/);
		expect(text).toMatch(/"body":"Here again"[^\n]*"msgtype":"m.text"/);
	});

	it("edits one's own message only, and no edit of an edit", async () => {
		await using room = await openRoom();
		const { eventId } = await room.send(room.alice, "first");
		const edit = await room.messages.edit({ ...room.write(room.alice), targetEventId: eventId, body: "second" });
		await expect(
			room.messages.edit({ ...room.write(room.bob), targetEventId: eventId, body: "mine" }),
		).rejects.toMatchObject({ code: "forbidden" });
		await expect(
			room.messages.edit({ ...room.write(room.alice), targetEventId: edit.eventId, body: "third" }),
		).rejects.toMatchObject({ code: "forbidden" });
	});

	it("deletes a message and its edits from the disk in one step, and keeps its id and signature", async () => {
		await using room = await openRoom();
		const { eventId } = await room.send(room.alice, "SECRET-ONE");
		await room.messages.edit({ ...room.write(room.alice), targetEventId: eventId, body: "SECRET-TWO" });
		await room.messages.redact({ ...room.write(room.alice), targetEventId: eventId });
		expect(await room.textOnDisk()).not.toContain("SECRET");
		const { rows } = await room.test.database.pool.query(
			"SELECT count(*)::int AS n FROM events WHERE redacted_by_nid IS NOT NULL",
		);
		expect(rows[0].n).toBe(2);
		await expect(room.messages.redact({ ...room.write(room.alice), targetEventId: eventId })).rejects.toMatchObject({
			code: "not-found",
		});
	});

	it("lets only writers and moderators delete, and nobody delete the room's beginning", async () => {
		await using room = await openRoom();
		const { eventId } = await room.send(room.alice, "stays");
		await expect(room.messages.redact({ ...room.write(room.bob), targetEventId: eventId })).rejects.toMatchObject({
			code: "forbidden",
		});
		const own = await room.send(room.bob, "goes");
		await room.messages.redact({ ...room.write(room.alice), targetEventId: own.eventId });
		const { rows } = await room.test.database.pool.query("SELECT event_id FROM events WHERE type = 'm.room.create'");
		await expect(
			room.messages.redact({ ...room.write(room.alice), targetEventId: rows[0].event_id }),
		).rejects.toMatchObject({ code: "forbidden" });
	});

	it("deletes what the room's state was, but not what it is", async () => {
		await using room = await openRoom();
		const rename = (name: string) => room.rooms.setName({ userId: room.alice, roomId: room.roomId, name });
		const nameEvents = async () =>
			(
				await room.test.database.pool.query(
					"SELECT event_id FROM events WHERE type = 'm.room.name' AND redacted_by_nid IS NULL ORDER BY nid",
				)
			).rows.map((row) => row.event_id);
		await rename("SECRET");
		const [first] = await nameEvents();
		const redact = () => room.messages.redact({ ...room.write(room.alice), targetEventId: first });
		await expect(redact()).rejects.toMatchObject({ code: "forbidden" });
		await rename("public");
		await redact();
		expect(await room.textOnDisk()).not.toContain("SECRET");
		const { rows } = await room.test.database.pool.query("SELECT name FROM rooms");
		expect(rows).toEqual([{ name: "public" }]);
	});

	it("keeps one reaction of a person and key, and lets it be taken back and given again", async () => {
		await using room = await openRoom();
		const { eventId } = await room.send(room.alice, "cake?");
		const react = () => room.messages.react({ ...room.write(room.bob), targetEventId: eventId, key: "🍰" });
		const [first, again] = [await react(), await react()];
		expect(again.eventId).toBe(first.eventId);
		await room.messages.redact({ ...room.write(room.bob), targetEventId: first.eventId });
		expect((await react()).eventId).not.toBe(first.eventId);
	});

	it("takes no reply, reaction or edit across rooms", async () => {
		await using room = await openRoom();
		const other = await room.rooms.create({ creatorId: room.alice, transactionId: "o", kind: "group", inviteeIds: [] });
		const { eventId } = await room.send(room.alice, "here");
		const there = { ...room.write(room.alice), roomId: other };
		await expect(room.messages.send({ ...there, body: "x", replyTo: eventId })).rejects.toMatchObject({
			code: "not-found",
		});
		await expect(room.messages.react({ ...there, targetEventId: eventId, key: "x" })).rejects.toMatchObject({
			code: "not-found",
		});
		await expect(
			room.messages.markRead({ userId: room.alice, roomId: other, eventId, kind: "public" }),
		).rejects.toMatchObject({ code: "not-found" });
	});

	it("moves a read position forward only, and takes none from outside the room", async () => {
		await using room = await openRoom();
		const [one, two] = [await room.send(room.alice, "1"), await room.send(room.alice, "2")];
		const mark = (eventId: typeof one.eventId) =>
			room.messages.markRead({ userId: room.bob, roomId: room.roomId, eventId, kind: "public" });
		await mark(two.eventId);
		await mark(one.eventId);
		const { rows } = await room.test.database.pool.query("SELECT position FROM receipts WHERE is_public");
		expect(rows).toEqual([{ position: Number(two.position) }]);
		const stranger = await room.addPerson("stranger");
		await expect(
			room.messages.markRead({ userId: stranger, roomId: room.roomId, eventId: one.eventId, kind: "public" }),
		).rejects.toMatchObject({ code: "not-a-member" });
	});

	it("refuses what does not fit an event, typed, and stores nothing of it", async () => {
		await using room = await openRoom();
		await expect(room.send(room.alice, "ü".repeat(40_000))).rejects.toMatchObject({ code: "too-large" });
		await expect(room.send(room.alice, "lone \ud800 surrogate")).rejects.toMatchObject({ code: "bad-input" });
		expect(await room.textOnDisk()).not.toContain("lone");
	});
});
