import { describe, expect, it } from "vitest";
import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { encryptedContent } from "../../../tests/setup/encrypted-content.ts";
import { createTestDatabase } from "../../../tests/setup/test-database.ts";
import type { TestRooms } from "../../../tests/setup/test-rooms.ts";
import { openTestProcess, type StreamedItem } from "../../../tests/setup/test-stream.ts";
import type { Stream } from "./create-stream.ts";

interface Follower {
	readonly items: StreamedItem[];
	/** Bodies of the messages seen so far, in the order they came. */
	bodies(): readonly unknown[];
	until(enough: () => boolean): Promise<void>;
	stop(): void;
}

/** One subscription and no other: unlike a client it does not begin again when it ends. */
const follow = (stream: Stream, userId: UserId, since?: number): Follower => {
	const stopping = new AbortController();
	const items: StreamedItem[] = [];
	let look: (() => void) | undefined;
	const options = { userId, sessionId: userId, since, windowSize: 30, timelineLimit: 10, signal: stopping.signal };
	void (async () => {
		for await (const item of stream.subscribe(options)) {
			if (item.item.kind !== "ephemeral") items.push({ position: item.position, item: item.item });
			look?.();
		}
	})();
	return {
		items,
		bodies: () =>
			items
				.flatMap(({ item }) => item.rooms.flatMap((room) => room.events.map((event) => event.content["body"])))
				.filter((body) => body !== undefined),
		until: (enough) =>
			new Promise((resolve) => {
				look = () => {
					if (enough()) resolve();
				};
				look();
			}),
		stop: () => stopping.abort(),
	};
};

const send = (process: TestRooms, ...[userId, roomId, body]: readonly [UserId, RoomId, string]) =>
	process.messages.send({ userId, roomId, transactionId: process.transactionId(), body });

const openPair = async () => {
	const test = await createTestDatabase();
	const [one, two] = await Promise.all([openTestProcess(test), openTestProcess(test)]);
	const alice = await one.addPerson("alice");
	const bob = await one.addPerson("bob");
	const roomId = await one.rooms.create({ creatorId: alice, transactionId: "t", kind: "group", inviteeIds: [bob] });
	await one.rooms.join({ userId: bob, room: roomId });
	return {
		one,
		two,
		alice,
		bob,
		roomId,
		[Symbol.asyncDispose]: async () => {
			await Promise.all([one.close(), two.close()]);
			await test[Symbol.asyncDispose]();
		},
	};
};

describe("stream", () => {
	it("brings messages of both processes to followers of both, in one order", async () => {
		await using pair = await openPair();
		const { one, two, alice, bob, roomId } = pair;
		const followers = [follow(one.stream, alice), follow(two.stream, bob)];
		await Promise.all(followers.map((follower) => follower.until(() => follower.items.length > 0)));
		await Promise.all(
			Array.from({ length: 60 }, (_, index) =>
				send(index % 2 === 0 ? one : two, index % 2 === 0 ? alice : bob, roomId, `${index}`),
			),
		);
		await Promise.all(followers.map((follower) => follower.until(() => follower.bodies().length >= 60)));
		expect(followers[0]?.bodies()).toEqual(followers[1]?.bodies());
		expect(new Set(followers[0]?.bodies()).size).toBe(60);
		for (const follower of followers) follower.stop();
	});

	it("gives a client that comes back what it missed, once", async () => {
		await using pair = await openPair();
		const { one, two, alice, bob, roomId } = pair;
		const first = follow(one.stream, bob);
		await first.until(() => first.items.length > 0);
		await send(one, alice, roomId, "before");
		await first.until(() => first.bodies().includes("before"));
		const token = first.items.at(-1)?.position;
		first.stop();
		await send(one, alice, roomId, "missed 1");
		await send(two, alice, roomId, "missed 2");
		const second = follow(two.stream, bob, token);
		await second.until(() => second.bodies().length >= 2);
		expect(second.items[0]?.item.kind).toBe("changes");
		expect(second.bodies()).toEqual(["missed 1", "missed 2"]);
		second.stop();
	});

	it("shows an invitation, the room after joining, and its end after a kick", async () => {
		await using pair = await openPair();
		const { one, alice, roomId } = pair;
		const carol = await one.addPerson("carol");
		const follower = follow(one.stream, carol);
		await follower.until(() => follower.items.length > 0);
		const newest = () => follower.items.at(-1)?.item;
		const membership = () => newest()?.rooms[0]?.summary?.membership;
		await one.rooms.invite({ userId: alice, roomId, targetId: carol });
		await follower.until(() => membership() === "invite");
		expect(newest()?.rooms[0]?.events).toEqual([]);
		await one.rooms.join({ userId: carol, room: roomId });
		await follower.until(() => membership() === "join");
		await one.rooms.kick({ userId: alice, roomId, targetId: carol });
		await follower.until(() => {
			const item = newest();
			return item?.kind === "changes" && item.removedRoomIds.includes(roomId);
		});
		await send(one, alice, roomId, "without carol");
		await send(one, alice, roomId, "still without");
		const own = follow(one.stream, alice);
		await own.until(() => own.bodies().includes("still without"));
		expect(follower.bodies()).not.toContain("without carol");
		own.stop();
		follower.stop();
	});

	it("counts unread, moves the badge by a receipt and shows public receipts to others only", async () => {
		await using pair = await openPair();
		const { one, alice, bob, roomId } = pair;
		const [alices, bobs] = [follow(one.stream, alice), follow(one.stream, bob)];
		await Promise.all([alices, bobs].map((follower) => follower.until(() => follower.items.length > 0)));
		await send(one, alice, roomId, "one");
		const { eventId } = await send(one, alice, roomId, "two");
		const unread = (follower: Follower) => follower.items.at(-1)?.item.rooms[0]?.summary?.unreadCount;
		await bobs.until(() => unread(bobs) === 2);
		await alices.until(() => alices.bodies().includes("two"));
		expect(unread(alices)).toBe(0);
		await one.messages.markRead({ userId: bob, roomId, eventId, kind: "private" });
		await bobs.until(() => unread(bobs) === 0);
		await one.messages.markRead({ userId: bob, roomId, eventId, kind: "public" });
		await alices.until(() => alices.items.at(-1)?.item.rooms[0]?.progress?.reads?.[0]?.userId === bob);
		const told = alices.items.flatMap(({ item }) => item.rooms.flatMap((room) => room.progress?.reads ?? []));
		expect(told).toHaveLength(1);
		alices.stop();
		bobs.stop();
	});

	it("tells the moment at which a room is encrypted, and hands ciphertext on as it is", async () => {
		await using pair = await openPair();
		const { one, two, alice, bob, roomId } = pair;
		const bobs = follow(two.stream, bob);
		await bobs.until(() => bobs.items.length > 0);
		const summary = () => bobs.items.at(-1)?.item.rooms[0]?.summary;
		expect(summary()?.encryption).toBeUndefined();
		await one.rooms.enableEncryption({ userId: alice, roomId });
		await bobs.until(() => summary()?.encryption?.algorithm === "m.megolm.v1.aes-sha2");
		const content = encryptedContent("AAAA");
		await one.messages.sendEncrypted({ userId: alice, roomId, transactionId: "e", content });
		await bobs.until(() => summary()?.lastMessage?.type === "m.room.encrypted");
		expect(bobs.items.at(-1)?.item.rooms[0]?.events).toMatchObject([{ type: "m.room.encrypted", content }]);
		expect(summary()).toMatchObject({ unreadCount: 1, mentionCount: 0, encryption: { algorithm: expect.any(String) } });
		bobs.stop();
	});

	it("hands a reader who is far behind a gap from the database instead of a growing queue", async () => {
		await using pair = await openPair();
		const { one, alice, bob, roomId } = pair;
		const stopping = new AbortController();
		const items = one.stream.subscribe({
			userId: bob,
			sessionId: "bob",
			since: undefined,
			windowSize: 30,
			timelineLimit: 10,
			signal: stopping.signal,
		});
		const start = await items.next();
		expect(start.value?.item.kind).toBe("start");
		// Nobody asks for the next item while 700 messages pass.
		await Promise.all(Array.from({ length: 700 }, (_, index) => send(one, alice, roomId, `${index}`)));
		const watcher = follow(one.stream, alice);
		await watcher.until(() => watcher.items.length > 0);
		let position = 0;
		let last: unknown;
		while (last !== "699") {
			const { value } = await items.next();
			if (value === undefined) throw new Error("the subscription ended");
			if (value.item.kind !== "ephemeral") expect(value.position).toBeGreaterThan(position);
			position = value.position;
			last = value.item.kind === "ephemeral" ? last : value.item.rooms[0]?.events.at(-1)?.content["body"];
		}
		stopping.abort();
		watcher.stop();
	});
});
