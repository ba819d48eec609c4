import { describe, expect, it } from "vitest";
import type { EventId, RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { bodiesOf, createTestTimeline, type TestTimeline } from "../../../tests/setup/test-timeline.ts";
import type { WireEvent } from "../../shared/wire/event.ts";

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `m${index + 1}`);

const pageThrough = async (kith: TestTimeline, viewerId: UserId, query: { roomId: RoomId; limit: number }) => {
	const pages: WireEvent[][] = [];
	let cursor: string | undefined;
	do {
		const page = await kith.timeline.page(viewerId, { ...query, direction: "backwards", cursor });
		pages.unshift(page.items);
		cursor = page.nextCursor;
		if (pages.length > 100) throw new Error("the pages do not end");
	} while (cursor !== undefined);
	return pages;
};

describe("readPage", () => {
	it("brings every event once, in order, whatever the direction and the page size", async () => {
		await using kith = await createTestTimeline();
		const alice = await kith.addPerson("alice");
		const roomId = await kith.makeRoom([alice]);
		await kith.say(alice, roomId, ...numbered(7));
		const all = await kith.timeline.page(alice, { roomId, direction: "forwards", limit: 200 });
		expect(all.items[0]?.type).toBe("m.room.create");
		expect(bodiesOf(all.items)).toEqual(numbered(7));
		expect(all.nextCursor).toBeUndefined();
		for (const limit of [1, 3, all.items.length, all.items.length + 1]) {
			const pages = await pageThrough(kith, alice, { roomId, limit });
			expect(pages.flat()).toEqual(all.items);
			expect(pages.length).toBe(Math.ceil(all.items.length / limit));
		}
		const forwards = await kith.timeline.page(alice, {
			roomId,
			direction: "forwards",
			cursor: all.items[3]?.position,
			limit: 2,
		});
		expect(forwards.items).toEqual(all.items.slice(4, 6));
		expect(forwards.nextCursor).toBe(all.items[5]?.position);
	});

	it("keeps its cursors while people go on writing", async () => {
		await using kith = await createTestTimeline();
		const alice = await kith.addPerson("alice");
		const roomId = await kith.makeRoom([alice]);
		await kith.say(alice, roomId, ...numbered(6));
		const first = await kith.timeline.page(alice, { roomId, direction: "backwards", limit: 3 });
		await kith.say(alice, roomId, "later");
		const second = await kith.timeline.page(alice, {
			roomId,
			direction: "backwards",
			cursor: first.nextCursor,
			limit: 3,
		});
		expect(bodiesOf([...second.items, ...first.items])).toEqual(numbered(6));
	});

	it("folds the newest edit in and counts each person's reaction once", async () => {
		await using kith = await createTestTimeline();
		const [alice, bob] = [await kith.addPerson("alice"), await kith.addPerson("bob")];
		const roomId = await kith.makeRoom([alice, bob]);
		const [target] = (await kith.say(alice, roomId, "frist")) as [EventId];
		const write = { roomId, targetEventId: target };
		for (const body of ["fisrt", "first"]) {
			await kith.messages.edit({ ...write, userId: alice, transactionId: kith.transactionId(), body });
		}
		for (const [userId, key] of [
			[alice, "👍"],
			[bob, "👍"],
			[bob, "🎉"],
		] as const) {
			await kith.messages.react({ ...write, userId, transactionId: kith.transactionId(), key });
		}
		const { items } = await kith.timeline.page(bob, { roomId, direction: "backwards", limit: 1 });
		expect(bodiesOf(items)).toEqual(["first"]);
		expect(items[0]).toMatchObject({
			eventId: target,
			editedTs: expect.any(Number),
			reactions: [
				{ key: "👍", count: 2, ownEventId: expect.stringMatching(/^\$/) },
				{ key: "🎉", count: 1, ownEventId: expect.stringMatching(/^\$/) },
			],
		});
		expect(items[0]?.transactionId).toBeUndefined();
		const [own] = (await kith.timeline.page(alice, { roomId, direction: "backwards", limit: 1 })).items;
		expect(own?.reactions?.map(({ key, ownEventId }) => [key, ownEventId !== undefined])).toEqual([
			["👍", true],
			["🎉", false],
		]);
		expect(own?.transactionId).toMatch(/^[0-9a-f]{16}$/);
	});

	it("takes an edit and a reaction back with their deletion, and everything with the message's", async () => {
		await using kith = await createTestTimeline();
		const alice = await kith.addPerson("alice");
		const roomId = await kith.makeRoom([alice]);
		const [target] = (await kith.say(alice, roomId, "one")) as [EventId];
		const write = () => ({ roomId, userId: alice, transactionId: kith.transactionId() });
		const edit = await kith.messages.edit({ ...write(), targetEventId: target, body: "two" });
		const reaction = await kith.messages.react({ ...write(), targetEventId: target, key: "x" });
		await kith.messages.redact({ ...write(), targetEventId: edit.eventId });
		await kith.messages.redact({ ...write(), targetEventId: reaction.eventId });
		const read = async () => (await kith.timeline.page(alice, { roomId, direction: "backwards", limit: 1 })).items[0];
		const reverted = await read();
		expect(reverted).toMatchObject({ eventId: target, content: { body: "one" } });
		expect([reverted?.editedTs, reverted?.reactions]).toEqual([undefined, undefined]);
		await kith.messages.edit({ ...write(), targetEventId: target, body: "three" });
		await kith.messages.react({ ...write(), targetEventId: target, key: "x" });
		await kith.messages.redact({ ...write(), targetEventId: target });
		const deleted = await read();
		expect(deleted).toMatchObject({ eventId: target, content: {}, redactedBy: alice });
		expect([deleted?.editedTs, deleted?.reactions]).toEqual([undefined, undefined]);
	});

	it("walks over a thousand reactions in bounded steps, and says that there is more", async () => {
		await using kith = await createTestTimeline();
		const alice = await kith.addPerson("alice");
		const roomId = await kith.makeRoom([alice]);
		const [target] = (await kith.say(alice, roomId, "early")) as [EventId];
		await Promise.all(
			Array.from({ length: 1000 }, (_, index) =>
				kith.messages.react({
					...{ roomId, userId: alice, targetEventId: target },
					transactionId: `r${index}`,
					key: `key ${index}`,
				}),
			),
		);
		await kith.say(alice, roomId, "late");
		const first = await kith.timeline.page(alice, { roomId, direction: "backwards", limit: 2 });
		expect(bodiesOf(first.items)).toEqual(["late"]);
		expect(first.nextCursor).toBeDefined();
		const pages = await pageThrough(kith, alice, { roomId, limit: 10 });
		expect(bodiesOf(pages.flat())).toEqual(["early", "late"]);
		expect(pages.filter((items) => items.length === 0).length).toBeGreaterThan(2);
	});

	it("tells who may not look in the same as for a room that does not exist", async () => {
		await using kith = await createTestTimeline();
		const [alice, eve] = [await kith.addPerson("alice"), await kith.addPerson("eve")];
		const roomId = await kith.makeRoom([alice]);
		const query = { direction: "backwards", limit: 5 } as const;
		await expect(kith.timeline.page(eve, { ...query, roomId })).rejects.toMatchObject({ code: "not-found" });
		const nowhere = "!nowhere:kith.example" as RoomId;
		await expect(kith.timeline.page(eve, { ...query, roomId: nowhere })).rejects.toMatchObject({ code: "not-found" });
	});
});

describe("readAround", () => {
	it("shows both sides of an event and the ways on from there", async () => {
		await using kith = await createTestTimeline();
		const alice = await kith.addPerson("alice");
		const roomId = await kith.makeRoom([alice]);
		const eventIds = (await kith.say(alice, roomId, ...numbered(9))) as EventId[];
		const around = await kith.timeline.around(alice, { roomId, eventId: eventIds[4] as EventId, limit: 5 });
		expect(bodiesOf(around.items)).toEqual(["m3", "m4", "m5", "m6", "m7"]);
		expect(around.olderCursor).toBe(around.items[0]?.position);
		expect(around.newerCursor).toBe(around.items[4]?.position);
		const end = await kith.timeline.around(alice, { roomId, eventId: eventIds[8] as EventId, limit: 4 });
		expect(bodiesOf(end.items)).toEqual(["m8", "m9"]);
		expect(end.newerCursor).toBeUndefined();
		const alone = await kith.timeline.around(alice, { roomId, eventId: eventIds[4] as EventId, limit: 1 });
		expect(bodiesOf(alone.items)).toEqual(["m5"]);
		expect(alone.newerCursor).toBe(alone.items[0]?.position);
	});

	it("leads from a reaction to the message, and nowhere from an event of another room", async () => {
		await using kith = await createTestTimeline();
		const alice = await kith.addPerson("alice");
		const roomId = await kith.makeRoom([alice]);
		const [first, target] = (await kith.say(alice, roomId, "a", "b", "c")) as [EventId, EventId];
		const write = { roomId, userId: alice, transactionId: "r", targetEventId: target };
		const reaction = await kith.messages.react({ ...write, key: "x" });
		const around = await kith.timeline.around(alice, { roomId, eventId: reaction.eventId, limit: 1 });
		expect(bodiesOf(around.items)).toEqual(["b"]);
		const otherId = await kith.makeRoom([alice]);
		const elsewhere = kith.timeline.around(alice, { roomId: otherId, eventId: first, limit: 3 });
		await expect(elsewhere).rejects.toMatchObject({ code: "not-found" });
	});
});
