import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EventId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { bodiesOf, createTestTimeline, type TestTimeline } from "../../../tests/setup/test-timeline.ts";
import { wireSyncItem } from "../../shared/wire/sync.ts";

let kith: TestTimeline;
let alice: UserId;

beforeAll(async () => {
	kith = await createTestTimeline();
	alice = await kith.addPerson("alice");
});
afterAll(() => kith[Symbol.asyncDispose]());

const person = (name: string): Promise<UserId> => kith.addPerson(`${name}-${kith.transactionId()}`);

describe("readWindow", () => {
	it("shows the newest rooms first, each with its newest rows, and pages on", async () => {
		const viewer = await person("viewer");
		const roomIds = [];
		for (const name of ["one", "two", "three"]) roomIds.push(await kith.makeRoom([viewer], { name }));
		await kith.say(viewer, roomIds[0] as never, "up", "you", "go");
		const upTo = await kith.head();
		const window = await kith.timeline.readWindow(viewer, { limit: 2, timelineLimit: 2, upTo });
		expect(window.rooms.map(({ summary }) => summary?.name)).toEqual(["one", "three"]);
		expect(bodiesOf(window.rooms[0]?.events ?? [])).toEqual(["you", "go"]);
		expect(window.rooms[0]).toMatchObject({ isLimited: true, olderCursor: window.rooms[0]?.events[0]?.position });
		expect(wireSyncItem.parse({ kind: "start", ...window })).toEqual({ kind: "start", ...window });
		const next = await kith.timeline.roomList(viewer, { limit: 2, cursor: window.nextCursor });
		expect(next.items.map(({ name }) => name)).toEqual(["two"]);
		expect(next.nextCursor).toBeUndefined();
	});

	it("takes nothing in that came after its position", async () => {
		const viewer = await person("viewer");
		const roomId = await kith.makeRoom([viewer]);
		const [target] = (await kith.say(viewer, roomId, "seen")) as [EventId];
		const upTo = await kith.head();
		const write = { roomId, userId: viewer, targetEventId: target };
		await kith.messages.react({ ...write, transactionId: "r", key: "x" });
		await kith.messages.edit({ ...write, transactionId: "e", body: "changed" });
		await kith.say(viewer, roomId, "unseen");
		const [room] = (await kith.timeline.readWindow(viewer, { limit: 5, timelineLimit: 1, upTo })).rooms;
		expect(room?.events).toMatchObject([{ eventId: target, content: { body: "seen" } }]);
		expect(room?.events[0]?.reactions).toBeUndefined();
	});

	it("shows an invitation where it arrived, by its inviter, without anything of the room's talk", async () => {
		const [viewer, host] = [await person("viewer"), await person("host")];
		const roomId = await kith.makeRoom([host], { name: "Party" });
		await kith.say(host, roomId, "old talk");
		await kith.makeRoom([viewer], { name: "own" });
		await kith.rooms.invite({ userId: host, roomId, targetId: viewer });
		await kith.say(host, roomId, "new talk");
		const { rooms } = await kith.timeline.readWindow(viewer, { limit: 5, timelineLimit: 5, upTo: await kith.head() });
		expect(rooms.map(({ summary }) => summary?.name)).toEqual(["Party", "own"]);
		expect(rooms[0]).toMatchObject({
			events: [],
			summary: { membership: "invite", invitedBy: host, heroes: [{ userId: host }], unreadCount: 0 },
		});
		expect(JSON.stringify(rooms[0])).not.toContain("talk");
	});

	it("names a room without a name by its oldest others, and by who was there when nobody is", async () => {
		const people = [await person("a"), await person("b"), await person("c")] as const;
		await kith.makeRoom(people);
		const heroesOf = async (viewer: UserId) =>
			(await kith.timeline.roomList(viewer, { limit: 1 })).items[0]?.heroes.map(({ userId }) => userId);
		expect(await heroesOf(people[1])).toEqual([people[0], people[2]]);
		const roomId = await kith.makeRoom([people[0], people[1]]);
		await kith.rooms.leave({ userId: people[1], roomId });
		expect(await heroesOf(people[0])).toEqual([people[1]]);
	});

	it("names the writer of the last message where a room has a name", async () => {
		const [viewer, host, third] = [await person("viewer"), await person("host"), await person("third")];
		const roomId = await kith.makeRoom([host, viewer, third], { name: "Party" });
		const heroes = async () => (await kith.timeline.roomList(viewer, { limit: 1 })).items[0]?.heroes;
		expect(await heroes()).toEqual([]);
		await kith.say(third, roomId, "hello");
		expect(await heroes()).toMatchObject([{ userId: third }]);
		await kith.say(viewer, roomId, "hello too");
		expect(await heroes()).toEqual([]);
	});

	it("counts what is unread since the own read position or the join, and mentions among it", async () => {
		const [viewer, host] = [await person("viewer"), await person("host")];
		const roomId = await kith.makeRoom([host]);
		const nameAll = { roomId, userId: host, mentions: [viewer] };
		await kith.messages.send({ ...nameAll, transactionId: "m0", body: "before the join" });
		await kith.rooms.invite({ userId: host, roomId, targetId: viewer });
		await kith.rooms.join({ userId: viewer, room: roomId });
		const counts = async () => {
			const [summary] = (await kith.timeline.roomList(viewer, { limit: 1 })).items;
			return [summary?.unreadCount, summary?.mentionCount];
		};
		expect(await counts()).toEqual([0, 0]);
		const first = await kith.messages.send({ ...nameAll, transactionId: "m1", body: "hey" });
		await kith.messages.send({ ...nameAll, transactionId: "m2", body: "you" });
		await kith.say(host, roomId, "and all");
		expect(await counts()).toEqual([3, 2]);
		await kith.messages.markRead({ userId: viewer, roomId, eventId: first.eventId, kind: "private" });
		expect(await counts()).toEqual([2, 1]);
		await kith.say(viewer, roomId, "answer");
		expect(await counts()).toEqual([0, 0]);
	});

	it("shows the last message that may be seen, as edited, even where the very last may not", async () => {
		const [viewer, host] = [await person("viewer"), await person("host")];
		const roomId = await kith.makeRoom([host, viewer]);
		const [seen] = (await kith.say(host, roomId, "typo")) as [EventId];
		const edit = { roomId, userId: host, targetEventId: seen };
		await kith.messages.edit({ ...edit, transactionId: "e", body: "fixed" });
		const last = async () => (await kith.timeline.roomList(viewer, { limit: 1 })).items[0]?.lastMessage;
		expect(await last()).toMatchObject({ eventId: seen, content: { body: "fixed" }, editedTs: expect.any(Number) });
		await kith.rooms.setHistoryVisibility({ userId: host, roomId, historyVisibility: "joined" });
		await kith.rooms.leave({ userId: viewer, roomId });
		await kith.say(host, roomId, "behind the back");
		await kith.rooms.invite({ userId: host, roomId, targetId: viewer });
		await kith.rooms.join({ userId: viewer, room: roomId });
		expect(await last()).toMatchObject({ eventId: seen });
	});
});

describe("readSummaries", () => {
	it("makes out the rows of several people in one go, and none for who is not in the room", async () => {
		const [host, guest, gone] = [await person("host"), await person("guest"), await person("gone")];
		const roomId = await kith.makeRoom([host, guest, gone]);
		await kith.rooms.leave({ userId: gone, roomId });
		await kith.say(host, roomId, "hello");
		const roomNid = await kith.nidOf(roomId);
		const rows = await kith.timeline.readSummaries([host, guest, gone, alice], [roomNid]);
		const unread = new Map(rows.map(({ viewerId, summary }) => [viewerId, summary.unreadCount]));
		expect(unread).toEqual(
			new Map([
				[host, 0],
				[guest, 1],
			]),
		);
		const ids = new Map(rows.map(({ viewerId, summary }) => [viewerId, summary.lastMessage?.transactionId]));
		expect([typeof ids.get(host), ids.get(guest)]).toEqual(["string", undefined]);
	});
});

describe("readProgress", () => {
	it("knows who has read and what has reached a device of everybody else", async () => {
		const [host, one, two] = [await person("host"), await person("one"), await person("two")];
		const roomId = await kith.makeRoom([host, one, two]);
		const [eventId] = (await kith.say(host, roomId, "hello")) as [EventId];
		const roomNid = await kith.nidOf(roomId);
		const read = async (viewer: UserId) => (await kith.timeline.readProgress(viewer, [roomNid])).get(roomNid);
		const signIn = (userId: UserId, [deviceId, ackedPosition, revokedAt]: [string, number, (Date | null)?]) =>
			kith.database.prisma.session.create({
				data: {
					id: `${userId} ${deviceId}`,
					userId,
					deviceId,
					deviceName: "test",
					ackedPosition,
					revokedAt: revokedAt ?? null,
				},
			});
		expect(await read(host)).toEqual({ reads: [], deliveredPosition: "0" });
		await signIn(one, ["A", 50]);
		await signIn(one, ["B", 70]);
		await signIn(two, ["A", 40]);
		await signIn(two, ["B", 90, new Date()]);
		expect((await read(host))?.deliveredPosition).toBe("40");
		expect((await read(two))?.deliveredPosition).toBe("0");
		await kith.messages.markRead({ userId: one, roomId, eventId, kind: "public" });
		await kith.messages.markRead({ userId: two, roomId, eventId, kind: "private" });
		expect((await read(host))?.reads.map(({ userId }) => userId)).toEqual([one]);
		expect((await read(one))?.reads).toEqual([]);
		await kith.rooms.leave({ userId: one, roomId });
		expect((await read(host))?.reads).toEqual([]);
	});
});
