import { describe, expect, it } from "vitest";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { createTestDatabase } from "../../../tests/setup/test-database.ts";
import { createTestRooms } from "../../../tests/setup/test-rooms.ts";
import { createGate, followStream, openTestProcess, type TestProcess } from "../../../tests/setup/test-stream.ts";
import type { StreamOptions } from "./create-stream.ts";

const openRoom = async (around?: (options: StreamOptions) => StreamOptions) => {
	const test = await createTestDatabase();
	const kith: TestProcess = await openTestProcess(test, around);
	const [alice, bob, carol] = [
		await kith.addPerson("alice"),
		await kith.addPerson("bob"),
		await kith.addPerson("carol"),
	];
	const roomId = await kith.rooms.create({ creatorId: alice, transactionId: "t", kind: "group", inviteeIds: [bob] });
	await kith.rooms.join({ userId: bob, room: roomId });
	const send = (userId: UserId, body: string) =>
		kith.messages.send({ userId, roomId, transactionId: kith.transactionId(), body });
	return {
		...kith,
		test,
		alice,
		bob,
		carol,
		roomId,
		send,
		head: async () => (await test.database.pool.query("SELECT position FROM stream_head")).rows[0].position as number,
		[Symbol.asyncDispose]: async () => {
			await kith.close();
			await test[Symbol.asyncDispose]();
		},
	};
};

type Room = Awaited<ReturnType<typeof openRoom>>;

/** An invitation of carol and a message, in one step of the stream: a process that tells nobody writes the first two. */
const inviteAndSay = async (room: Room, body: string): Promise<void> => {
	const silent = createTestRooms(room.test.database);
	await silent.rooms.invite({ userId: room.alice, roomId: room.roomId, targetId: room.carol });
	await silent.messages.send({ userId: room.alice, roomId: room.roomId, transactionId: "silent", body });
	await room.send(room.alice, "told");
};

describe("fan-out", () => {
	it("loses nothing for whoever subscribes while somebody else's invitation is made out", async () => {
		const [isReading, mayRead] = [createGate(), createGate()];
		await using room = await openRoom((options) => ({
			...options,
			reads: {
				...options.reads,
				changes: async (viewerId, range) => {
					if (viewerId.startsWith("@carol")) {
						isReading.open();
						await mayRead.opened;
					}
					return options.reads.changes(viewerId, range);
				},
			},
		}));
		const carols = followStream(room.stream, room.carol);
		await carols.until(() => carols.items.length > 0);
		await inviteAndSay(room, "in between");
		await isReading.opened;
		const bobs = followStream(room.stream, room.bob);
		await bobs.until(() => bobs.items.length > 0);
		mayRead.open();
		await room.send(room.alice, "after");
		await bobs.until(() => bobs.bodies().includes("after"));
		expect(bobs.bodies().filter((body) => body === "in between")).toHaveLength(1);
		for (const follower of [carols, bobs]) follower.stop();
	});

	it("tells nobody twice when a part of it fails", async () => {
		let failures = 1;
		await using room = await openRoom((options) => ({
			...options,
			reads: {
				...options.reads,
				changes: async (viewerId, range) => {
					if (viewerId.startsWith("@carol") && failures-- > 0) throw new Error("the database went away");
					return options.reads.changes(viewerId, range);
				},
			},
		}));
		const [bobs, carols] = [followStream(room.stream, room.bob), followStream(room.stream, room.carol)];
		await Promise.all([bobs, carols].map((follower) => follower.until(() => follower.items.length > 0)));
		await inviteAndSay(room, "once");
		await carols.until(() => carols.deltas().some(({ summary }) => summary?.membership === "invite"));
		await room.send(room.alice, "after");
		await bobs.until(() => bobs.bodies().includes("after"));
		expect(bobs.bodies().filter((body) => body === "once")).toHaveLength(1);
		for (const follower of [carols, bobs]) follower.stop();
	});

	it("shows nothing from before a join to who joins while the stream is behind", async () => {
		const [isReading, mayRead] = [createGate(), createGate()];
		let isGated = false;
		await using room = await openRoom((options) => ({
			...options,
			reads: {
				...options.reads,
				recordsBetween: async (from, to) => {
					if (isGated) {
						isReading.open();
						await mayRead.opened;
					}
					return options.reads.recordsBetween(from, to);
				},
			},
		}));
		await room.rooms.setHistoryVisibility({ userId: room.alice, roomId: room.roomId, historyVisibility: "joined" });
		await room.rooms.invite({ userId: room.alice, roomId: room.roomId, targetId: room.carol });
		// The stream has been read to its head, and nothing of the room is in memory yet.
		const carols = followStream(room.stream, room.carol, await room.head());
		await carols.until(() => carols.items.length > 0);
		isGated = true;
		await room.send(room.alice, "before");
		await isReading.opened;
		await room.rooms.join({ userId: room.carol, room: room.roomId });
		mayRead.open();
		await room.send(room.alice, "after");
		await carols.until(() => carols.bodies().includes("after"));
		expect(carols.bodies()).not.toContain("before");
		expect(JSON.stringify(carols.items)).not.toContain("before");
		carols.stop();
	});

	it("leaves no subscription behind when it is given up while it waits for the stream", async () => {
		await using room = await openRoom();
		const stopping = new AbortController();
		const items = room.stream.subscribe({
			...{ userId: room.bob, sessionId: "s", since: 10 ** 15, windowSize: 30, timelineLimit: 10 },
			signal: stopping.signal,
		});
		const first = items.next();
		stopping.abort();
		expect((await first).done).toBe(true);
		expect(room.stream.counts().subscribers).toBe(0);
	});

	it("refuses a person's hundred-and-first subscription", async () => {
		await using room = await openRoom();
		const open = () =>
			room.stream.subscribe({
				...{ userId: room.bob, sessionId: "s", since: undefined, windowSize: 1, timelineLimit: 1 },
				signal: AbortSignal.timeout(60_000),
			});
		const opened = await Promise.all(Array.from({ length: 100 }, () => open()));
		await Promise.all(opened.map((items) => items.next()));
		await expect(open().next()).rejects.toMatchObject({ code: "too-many-requests" });
		await opened[0]?.return();
		expect((await open().next()).done).toBe(false);
	});

	it("reads a long gap for each reader instead of all of it at once", async () => {
		const spans: number[] = [];
		await using room = await openRoom((options) => ({
			...options,
			reads: {
				...options.reads,
				recordsBetween: (from, to) => {
					spans.push(to - from);
					return options.reads.recordsBetween(from, to);
				},
			},
		}));
		const bobs = followStream(room.stream, room.bob);
		await bobs.until(() => bobs.items.length > 0);
		await room.test.database.pool.query("UPDATE stream_head SET position = position + 1000000");
		await room.send(room.alice, "after the gap");
		await bobs.until(() => bobs.bodies().includes("after the gap"));
		expect(Math.max(...spans, 0)).toBeLessThan(10_000);
		bobs.stop();
	});

	it("finds what was stored by a process that died before it could tell", async () => {
		await using room = await openRoom((options) => ({ ...options, pollMs: 100 }));
		const bobs = followStream(room.stream, room.bob);
		await bobs.until(() => bobs.items.length > 0);
		const silent = createTestRooms(room.test.database);
		await silent.messages.send({ userId: room.alice, roomId: room.roomId, transactionId: "silent", body: "untold" });
		await bobs.until(() => bobs.bodies().includes("untold"));
		bobs.stop();
	});
});

describe("what is told of a room", () => {
	it("keeps the last message with who changed their name, and from who came after it, where history has bounds", async () => {
		await using room = await openRoom();
		const { roomId, alice, bob, carol } = room;
		await room.rooms.setHistoryVisibility({ userId: alice, roomId, historyVisibility: "joined" });
		await room.send(alice, "SECRET");
		await room.rooms.invite({ userId: alice, roomId, targetId: carol });
		await room.rooms.join({ userId: carol, room: roomId });
		const [bobs, carols] = [followStream(room.stream, bob), followStream(room.stream, carol)];
		const followers = [bobs, carols];
		const last = (follower: typeof bobs) => follower.deltas().at(-1)?.summary;
		const untilNamed = (name: string) =>
			Promise.all(followers.map((follower) => follower.until(() => last(follower)?.name === name)));
		await Promise.all(followers.map((follower) => follower.until(() => follower.items.length > 0)));
		await room.rooms.setName({ userId: alice, roomId, name: "one" });
		await untilNamed("one");
		await room.test.database.prisma.user.update({ where: { id: bob }, data: { displayName: "Robert" } });
		await room.rooms.showProfile(bob);
		await room.rooms.setName({ userId: alice, roomId, name: "two" });
		await untilNamed("two");
		expect(last(bobs)?.lastMessage?.content["body"]).toBe("SECRET");
		expect(last(carols)?.lastMessage).toBeUndefined();
		expect(JSON.stringify(carols.items)).not.toContain("SECRET");
		for (const follower of followers) follower.stop();
	});

	it("keeps telling of a last message from before a join that bounds of later do not hide", async () => {
		await using room = await openRoom();
		const { roomId, alice, carol } = room;
		await room.send(alice, "open to all");
		await room.rooms.setHistoryVisibility({ userId: alice, roomId, historyVisibility: "joined" });
		await room.rooms.invite({ userId: alice, roomId, targetId: carol });
		await room.rooms.join({ userId: carol, room: roomId });
		const carols = followStream(room.stream, carol);
		await carols.until(() => carols.items.length > 0);
		await room.rooms.setName({ userId: alice, roomId, name: "one" });
		await carols.until(() => carols.deltas().at(-1)?.summary?.name === "one");
		expect(carols.deltas().at(-1)?.summary?.lastMessage?.content["body"]).toBe("open to all");
		carols.stop();
	});

	it("never shows what was deleted, and shows what was edited, as the last message", async () => {
		await using room = await openRoom();
		const bobs = followStream(room.stream, room.bob);
		await bobs.until(() => bobs.items.length > 0);
		const last = () => bobs.deltas().at(-1)?.summary;
		const { eventId: targetEventId } = await room.send(room.alice, "SECRET");
		await bobs.until(() => last()?.lastMessage?.eventId === targetEventId);
		const write = () => ({ userId: room.alice, roomId: room.roomId, transactionId: room.transactionId() });
		await room.messages.edit({ ...write(), targetEventId, body: "SECOND" });
		await bobs.until(() => bobs.bodies().includes("* SECOND"));
		expect(last()?.lastMessage?.content["body"]).toBe("SECOND");
		await room.messages.redact({ ...write(), targetEventId });
		await bobs.until(() => bobs.deltas().at(-1)?.events[0]?.type === "m.room.redaction");
		expect(last()?.lastMessage?.redactedBy).toBe(room.alice);
		const told = bobs.items.length;
		await room.rooms.setName({ userId: room.alice, roomId: room.roomId, name: "new name" });
		await bobs.until(() => last()?.name === "new name");
		expect(JSON.stringify(bobs.items.slice(told))).not.toMatch(/SECRET|SECOND/);
		bobs.stop();
	});

	it("takes the badge of a mention away with the message", async () => {
		await using room = await openRoom();
		const bobs = followStream(room.stream, room.bob);
		await bobs.until(() => bobs.items.length > 0);
		const mentions = () => bobs.deltas().at(-1)?.summary?.mentionCount;
		const write = () => ({ userId: room.alice, roomId: room.roomId, transactionId: room.transactionId() });
		const { eventId } = await room.messages.send({ ...write(), body: "bob!", mentions: [room.bob] });
		await bobs.until(() => mentions() === 1);
		await room.messages.redact({ ...write(), targetEventId: eventId });
		await bobs.until(() => bobs.deltas().at(-1)?.events[0]?.type === "m.room.redaction");
		expect(mentions()).toBe(0);
		bobs.stop();
	});

	it("shows no last message that was hidden from its readers when it was sent", async () => {
		await using room = await openRoom();
		const set = (historyVisibility: string) =>
			room.rooms.setHistoryVisibility({ userId: room.alice, roomId: room.roomId, historyVisibility });
		await set("joined");
		await room.send(room.alice, "HIDDEN");
		await set("shared");
		await room.rooms.invite({ userId: room.alice, roomId: room.roomId, targetId: room.carol });
		await room.rooms.join({ userId: room.carol, room: room.roomId });
		const carols = followStream(room.stream, room.carol);
		await carols.until(() => carols.items.length > 0);
		await room.rooms.setName({ userId: room.alice, roomId: room.roomId, name: "new name" });
		await carols.until(() => carols.deltas().at(-1)?.summary?.name === "new name");
		expect(JSON.stringify(carols.items)).not.toContain("HIDDEN");
		carols.stop();
	});

	it("does not tell the invited when others write", async () => {
		await using room = await openRoom();
		const carols = followStream(room.stream, room.carol, await room.head());
		await carols.until(() => carols.items.length > 0);
		await room.rooms.invite({ userId: room.alice, roomId: room.roomId, targetId: room.carol });
		await carols.until(() => carols.deltas().some(({ summary }) => summary?.membership === "invite"));
		const told = carols.items.length;
		await room.send(room.alice, "not for carol");
		await room.rooms.setName({ userId: room.alice, roomId: room.roomId, name: "new name" });
		await carols.until(() => carols.deltas().at(-1)?.summary?.name === "new name");
		expect(carols.items.slice(told)).toHaveLength(1);
		carols.stop();
	});
});
