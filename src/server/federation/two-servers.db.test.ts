import { describe, expect, it } from "vitest";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import {
	createTestNetwork,
	createTestServer,
	type TestNetwork,
	type TestServer,
	type TestServerOptions,
} from "../../../tests/setup/test-server.ts";

const eventually = { timeout: 15_000, interval: 20 };

/** Two servers with a room of both: ann's of the first, bob of the second. */
const openRoom = async (options: Partial<TestServerOptions> = {}) => {
	const network: TestNetwork = createTestNetwork();
	const one = await createTestServer("one.example", { network, ...options });
	const two = await createTestServer("two.example", { network, ...options });
	const [ann, bob] = [await one.addPerson("ann"), await two.addPerson("bob")];
	const roomId = await one.rooms.create({ creatorId: ann, transactionId: "t", kind: "group", inviteeIds: [] });
	await one.rooms.setJoinRule({ userId: ann, roomId, joinRule: "public" });
	await two.join(bob, roomId, { resident: one });
	const say = (server: TestServer, body: string) => {
		const userId = server === one ? ann : bob;
		return server.messages.send({ userId, roomId, transactionId: server.transactionId(), body });
	};
	return {
		...{ network, one, two, ann, bob, roomId, say },
		[Symbol.asyncDispose]: async () => {
			await one[Symbol.asyncDispose]();
			await two[Symbol.asyncDispose]();
		},
	};
};

/** What is shown of the room's messages, in the stream's order. */
const bodies = async (server: TestServer): Promise<readonly string[]> => {
	const found = await server.rows<{ json: string }>(
		"SELECT json FROM events WHERE type = 'm.room.message' AND verdict = 0 ORDER BY position",
	);
	return found.map(({ json }) => (JSON.parse(json) as { content: { body: string } }).content.body);
};

const waiting = async (server: TestServer): Promise<number> =>
	(await server.rows<{ n: number }>("SELECT count(*)::int AS n FROM outbox_entries"))[0]?.n ?? 0;

const sentTo = ({ requests }: TestNetwork, server: TestServer): readonly JsonObject[] =>
	requests.flatMap(({ to, request }) =>
		to === server.name && request.uri.includes("/send/") ? (request.content?.["pdus"] as readonly JsonObject[]) : [],
	);

describe("two servers in one room", { timeout: 60_000 }, () => {
	it("have what was written on either, and nothing waits any more", async () => {
		await using room = await openRoom();
		const { one, two, ann, bob, say, network } = room;
		await say(one, "hello");
		await expect.poll(() => bodies(two), eventually).toEqual(["hello"]);
		await say(two, "hi");
		await expect.poll(() => bodies(one), eventually).toEqual(["hello", "hi"]);
		await expect.poll(() => waiting(one), eventually).toBe(0);
		await expect.poll(() => waiting(two), eventually).toBe(0);
		// Each sends its own events only, and as they were signed.
		expect(sentTo(network, one).map(({ sender }) => sender)).toEqual([bob]);
		expect(sentTo(network, two).every((pdu) => pdu["sender"] === ann && !("event_id" in pdu))).toBe(true);
	});

	it("catch up with each other after one was away, and again where the queue was let go", async () => {
		let laterMs = 0;
		await using room = await openRoom({ clock: { now: () => Date.now() + laterMs } });
		const { one, two, say, network } = room;
		network.down.add(two.name);
		const written: string[] = [];
		for (let at = 0; at < 130; at += 1) {
			await say(one, `${at}`);
			written.push(`${at}`);
		}
		expect(await bodies(two)).toEqual([]);
		await expect.poll(() => one.rows("SELECT failures FROM destinations"), eventually).toHaveLength(1);
		laterMs = 3_700_000;
		network.down.delete(two.name);
		await one.exchange.destinations.retryNow(two.name);
		await expect.poll(() => bodies(two), eventually).toEqual(written);
		expect(sentTo(network, two)).toHaveLength(1);
		await expect.poll(() => waiting(one), eventually).toBe(0);
		await say(two, "back");
		await expect.poll(() => bodies(one), eventually).toEqual([...written, "back"]);
	});

	it("lose nothing that is written while one is joining", async () => {
		const network = createTestNetwork();
		let isWaiting = false;
		let joined = (): void => undefined;
		const joining = new Promise<void>((resolve) => {
			joined = resolve;
		});
		const untilJoined = (): Promise<void> => {
			isWaiting = true;
			return joining;
		};
		await using one = await createTestServer("one.example", { network });
		await using two = await createTestServer("two.example", { network, untilJoined });
		const [ann, bob] = [await one.addPerson("ann"), await two.addPerson("bob")];
		const roomId = await one.rooms.create({ creatorId: ann, transactionId: "t", kind: "group", inviteeIds: [] });
		await one.rooms.setJoinRule({ userId: ann, roomId, joinRule: "public" });
		const meanwhile = async (): Promise<void> => {
			await one.messages.send({ userId: ann, roomId, transactionId: "m", body: "welcome" });
			await expect.poll(() => isWaiting, eventually).toBe(true);
		};
		await two.join(bob, roomId, { resident: one, meanwhile });
		joined();
		await expect.poll(() => bodies(two), eventually).toEqual(["welcome"]);
	});

	it.each([
		["shared", ["just before"]],
		["joined", []],
	] as const)(
		"lose nothing that is written between the question for a join and the join, in a %s room",
		async (historyVisibility, known) => {
			const network = createTestNetwork();
			await using one = await createTestServer("one.example", { network });
			let joined = (): void => undefined;
			const joining = new Promise<void>((resolve) => {
				joined = resolve;
			});
			await using two = await createTestServer("two.example", { network, untilJoined: () => joining });
			const [ann, bob, cem] = [await one.addPerson("ann"), await two.addPerson("bob"), await two.addPerson("cem")];
			const roomId = await one.rooms.create({ creatorId: ann, transactionId: "t", kind: "group", inviteeIds: [] });
			await one.rooms.setJoinRule({ userId: ann, roomId, joinRule: "public" });
			await one.rooms.setHistoryVisibility({ userId: ann, roomId, historyVisibility });
			const say = (body: string) => one.messages.send({ userId: ann, roomId, transactionId: body, body });
			await two.join(bob, roomId, { resident: one, before: async () => void (await say("just before")) });
			joined();
			await expect.poll(() => waiting(one), eventually).toBe(0);
			await expect.poll(() => bodies(two), eventually).toEqual(known);
			// Whose server was there gets it as it was written, and not once more.
			const pdus = (): number => sentTo(network, two).filter(({ type }) => type === "m.room.message").length;
			const before = pdus();
			await two.rooms.join({ userId: cem, room: roomId });
			await say("after");
			await expect.poll(() => bodies(two), eventually).toContain("after");
			expect(pdus()).toBe(before + 1);
		},
	);

	it("take nothing for new that was said before one came in, when both write at once", async () => {
		const network = createTestNetwork();
		await using one = await createTestServer("one.example", { network });
		await using two = await createTestServer("two.example", { network });
		const [ann, bob] = [await one.addPerson("ann"), await two.addPerson("bob")];
		const roomId = await one.rooms.create({ creatorId: ann, transactionId: "t", kind: "group", inviteeIds: [] });
		await one.rooms.setJoinRule({ userId: ann, roomId, joinRule: "public" });
		const say = (server: TestServer, userId: UserId, body: string) =>
			server.messages.send({ userId, roomId, transactionId: server.transactionId(), body });
		await say(one, ann, "long ago");
		await two.join(bob, roomId, { resident: one });
		network.down.add(two.name);
		await say(two, bob, "from two");
		await say(one, ann, "from one");
		await say(one, ann, "and again");
		await one.rows("DELETE FROM outbox_entries WHERE id = (SELECT min(id) FROM outbox_entries)");
		network.down.delete(two.name);
		for (const [server, other] of [
			[one, two],
			[two, one],
		] as const)
			await server.exchange.destinations.retryNow(other.name);
		await expect.poll(() => bodies(two), eventually).toEqual(["from two", "from one", "and again"]);
		await expect.poll(() => bodies(one), eventually).toEqual(["long ago", "from one", "and again", "from two"]);
		const ends = await two.rows("SELECT FROM forward_extremities");
		expect(ends).toHaveLength(2);
	});

	it("tell each other who is writing and what was read", async () => {
		await using room = await openRoom();
		const { one, two, bob, roomId, say, network } = room;
		await say(one, "hello");
		await expect.poll(() => bodies(two), eventually).toEqual(["hello"]);
		const [last] = await two.rows<{ event_id: string; nid: number; room_nid: number }>(
			"SELECT event_id, nid, room_nid FROM events WHERE type = 'm.room.message'",
		);
		if (last === undefined) throw new Error("no message");
		const heard: unknown[] = [];
		one.bus.subscribe((poke) => {
			if (poke.kind === "typing") heard.push(...poke.changes);
		});
		await two.messages.markRead({ userId: bob, roomId, eventId: last.event_id as never, kind: "public" });
		const changes = [{ roomNid: last.room_nid, roomId, userId: bob, isTyping: true }];
		two.bus.publish({ kind: "typing", changes });
		const receipts = () => one.rows("SELECT user_id FROM receipts WHERE is_public AND user_id = $1", [bob]);
		await expect.poll(receipts, eventually).toEqual([{ user_id: bob }]);
		await expect.poll(() => heard, eventually).toMatchObject([{ roomId, userId: bob, isTyping: true, isRemote: true }]);
		expect(sentTo(network, one)).toEqual([]);
	});

	it("part when one's last person is removed: that is told, and nothing after it", async () => {
		await using room = await openRoom();
		const { one, two, ann, bob, roomId, say, network } = room;
		await one.exchange.stop();
		await say(one, "before");
		await Promise.all([one.rooms.kick({ userId: ann, roomId, targetId: bob }), say(one, "after")]);
		one.exchange.start();
		const membership = () => two.rows("SELECT membership FROM memberships WHERE user_id = $1", [bob]);
		await expect.poll(membership, eventually).toEqual([{ membership: "leave" }]);
		await expect.poll(() => waiting(one), eventually).toBe(0);
		expect(await bodies(two)).toEqual(["before"]);
		expect(sentTo(network, two).map(({ type }) => type)).toEqual(["m.room.message", "m.room.member"]);
	});
});
