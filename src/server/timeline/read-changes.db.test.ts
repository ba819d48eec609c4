import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EventId, RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { bodiesOf, createTestTimeline, type TestTimeline } from "../../../tests/setup/test-timeline.ts";

let kith: TestTimeline;
let alice: UserId;
let bob: UserId;

beforeAll(async () => {
	kith = await createTestTimeline();
	alice = await kith.addPerson("alice");
	bob = await kith.addPerson("bob");
});
afterAll(() => kith[Symbol.asyncDispose]());

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `m${index + 1}`);

const changesSince = async (viewerId: UserId, from: number, limits = { timelineLimit: 10, roomLimit: 50 }) => {
	const changes = await kith.timeline.readChanges(viewerId, { from, to: await kith.head(), ...limits });
	if (changes.kind === "too-many") throw new Error("too many rooms");
	return changes;
};

describe("readChanges", () => {
	it("brings what is new, edits, reactions and deletions as events of their own", async () => {
		const roomId = await kith.makeRoom([alice, bob]);
		const quiet = await kith.makeRoom([alice, bob]);
		const [target] = (await kith.say(alice, roomId, "before")) as [EventId];
		const from = await kith.head();
		await kith.say(alice, roomId, "after");
		const write = () => ({ roomId, userId: alice, transactionId: kith.transactionId(), targetEventId: target });
		await kith.messages.edit({ ...write(), body: "changed" });
		await kith.messages.react({ ...write(), key: "x" });
		const { rooms, removedRoomIds } = await changesSince(bob, from);
		expect(removedRoomIds).toEqual([]);
		expect(rooms.map((room) => room.roomId)).toEqual([roomId]);
		expect(rooms.map((room) => room.roomId)).not.toContain(quiet);
		expect(rooms[0]).toMatchObject({
			isLimited: false,
			summary: { unreadCount: 2, lastMessage: { content: { body: "after" } } },
		});
		expect(rooms[0]?.events.map(({ relatesTo }) => relatesTo?.kind)).toEqual([undefined, "edit", "reaction"]);
		expect(rooms[0]?.events.map(({ transactionId }) => transactionId)).toEqual([undefined, undefined, undefined]);
	});

	it("tells a room with more events than fit as a fresh one", async () => {
		const roomId = await kith.makeRoom([alice, bob]);
		const from = await kith.head();
		const [first] = (await kith.say(alice, roomId, ...numbered(12))) as [EventId];
		await kith.messages.edit({ roomId, userId: alice, transactionId: "over", targetEventId: first, body: "edited" });
		const [room] = (await changesSince(bob, from)).rooms;
		expect(bodiesOf(room?.events ?? [])).toEqual(numbered(12).slice(2));
		expect(room).toMatchObject({ isLimited: true, olderCursor: room?.events[0]?.position });
		const older = await kith.timeline.page(bob, {
			...{ roomId, direction: "backwards", limit: 2 },
			cursor: room?.olderCursor,
		});
		expect(bodiesOf(older.items)).toEqual(["edited", "m2"]);
	});

	it("tells a room that the person came into as a fresh one, and what happens to nobody else's", async () => {
		const roomId = await kith.makeRoom([alice]);
		await kith.say(alice, roomId, "past");
		const from = await kith.head();
		await kith.rooms.invite({ userId: alice, roomId, targetId: bob });
		const invited = await changesSince(bob, from);
		expect(invited.rooms).toMatchObject([
			{ roomId, events: [], summary: { membership: "invite", invitedBy: alice, unreadCount: 0 } },
		]);
		expect(invited.rooms[0]?.summary?.lastMessage).toBeUndefined();
		const between = await kith.head();
		await kith.rooms.join({ userId: bob, room: roomId });
		const joined = await changesSince(bob, between);
		expect(joined.rooms).toMatchObject([{ roomId, isLimited: true, summary: { membership: "join", unreadCount: 0 } }]);
		expect(bodiesOf(joined.rooms[0]?.events ?? [])).toEqual(["past"]);
	});

	it("goes on with a room after a change of the own name", async () => {
		const roomId = await kith.makeRoom([alice, bob]);
		await kith.say(alice, roomId, "old");
		const from = await kith.head();
		await kith.lane.submit({
			rooms: [roomId],
			users: [bob],
			plan: (context) =>
				context.room(roomId).add({
					...{ type: "m.room.member", sender: bob, stateKey: bob },
					content: { membership: "join", displayname: "Robert" },
				}),
		});
		await kith.say(alice, roomId, "new");
		const [room] = (await changesSince(bob, from)).rooms;
		expect(room?.isLimited).toBe(false);
		expect(room?.events.map(({ type }) => type)).toEqual(["m.room.member", "m.room.message"]);
	});

	it("takes a room off the list with the last that may be seen of it, and a forgotten one without a word", async () => {
		const left = await kith.makeRoom([alice, bob]);
		const forgotten = await kith.makeRoom([alice, bob]);
		const banned = await kith.makeRoom([alice, bob]);
		const from = await kith.head();
		await kith.say(alice, left, "goodbye");
		await kith.rooms.leave({ userId: bob, roomId: left });
		await kith.rooms.leave({ userId: bob, roomId: forgotten });
		await kith.rooms.forget({ userId: bob, roomId: forgotten });
		await kith.rooms.ban({ userId: alice, roomId: banned, targetId: bob });
		for (const roomId of [left, forgotten, banned]) await kith.say(alice, roomId, "secret");
		const { rooms, removedRoomIds } = await changesSince(bob, from);
		expect(new Set(removedRoomIds)).toEqual(new Set([left, forgotten, banned]));
		const deltas = new Map(rooms.map((room) => [room.roomId, room]));
		expect(deltas.get(left)?.events.map(({ type }) => type)).toEqual(["m.room.message", "m.room.member"]);
		expect(deltas.get(left)?.summary).toBeUndefined();
		expect(deltas.get(banned)?.events.map(({ content }) => content["membership"])).toEqual(["ban"]);
		expect(deltas.has(forgotten)).toBe(false);
		expect(JSON.stringify(rooms)).not.toContain("secret");
	});

	it("brings receipts of others where nothing else happened, and the own row where the own one moved", async () => {
		const roomId = await kith.makeRoom([alice, bob]);
		const [eventId] = (await kith.say(alice, roomId, "read me")) as [EventId];
		const from = await kith.head();
		await kith.messages.markRead({ userId: bob, roomId, eventId, kind: "public" });
		const forAlice = await changesSince(alice, from);
		const position = forAlice.rooms[0]?.progress?.reads?.[0]?.position;
		expect(forAlice.rooms).toEqual([
			{
				...{ roomId, events: [], isLimited: false },
				progress: { reads: [{ userId: bob, position, ts: expect.any(Number) }] },
			},
		]);
		const forBob = await changesSince(bob, from);
		expect(forBob.rooms).toMatchObject([{ roomId, summary: { unreadCount: 0, readPosition: position } }]);
		expect(forBob.rooms[0]?.progress).toBeUndefined();
		const later = await kith.head();
		const [again] = (await kith.say(alice, roomId, "again")) as [EventId];
		await kith.messages.markRead({ userId: bob, roomId, eventId: again, kind: "private" });
		const reads = (await changesSince(alice, later)).rooms[0]?.progress?.reads;
		expect(reads?.map((read) => read.position)).toEqual([position]);
	});

	it("gives up where more rooms changed than it may tell", async () => {
		const rooms: RoomId[] = [];
		for (let count = 0; count < 3; count += 1) rooms.push(await kith.makeRoom([alice]));
		const from = await kith.head();
		for (const roomId of rooms) await kith.say(alice, roomId, "busy");
		const query = { from, to: await kith.head(), timelineLimit: 5 };
		expect(await kith.timeline.readChanges(alice, { ...query, roomLimit: 2 })).toEqual({ kind: "too-many" });
		expect(await kith.timeline.readChanges(alice, { ...query, roomLimit: 3 })).toMatchObject({ kind: "changes" });
	});
});
