import { describe, expect, it } from "vitest";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { createTestPeers, type TestPeer } from "../../../../tests/setup/test-peers.ts";

const openPeers = async () => {
	const network = await createTestPeers(["one.example", "two.example"]);
	const one = network.peer("one.example");
	const two = network.peer("two.example");
	const alice = await one.addPerson("alice");
	const bob = await two.addPerson("bob");
	const roomId = await one.rooms.create({
		...{ creatorId: alice, transactionId: "k", kind: "group", name: "Garden", inviteeIds: [] },
	});
	await one.rooms.setJoinRule({ userId: alice, roomId, joinRule: "knock" });
	return { ...network, one, two, alice, bob, roomId, [Symbol.asyncDispose]: () => network[Symbol.asyncDispose]() };
};

/** What the room's server sends to somebody who is not in the room. */
const tellOutside = async (one: TestPeer, two: TestPeer, roomId: RoomId): Promise<boolean> => {
	const { rows } = await one.database.pool.query(
		"SELECT e.json FROM outbox_entries o JOIN events e ON e.nid = o.event_nid WHERE o.destination = $1 ORDER BY o.id DESC LIMIT 1",
		[two.name],
	);
	return two.membership.receiveFromOutside({ origin: one.name, roomId, pdu: JSON.parse(rows[0].json) });
};

const rowOf = async (peer: TestPeer, userId: UserId) => (await peer.listOf(userId))[0];

describe("asking to join a room of another server", { timeout: 60_000 }, () => {
	it("is shown as waiting, and followed by being in as soon as somebody there says yes", async () => {
		await using peers = await openPeers();
		const { one, two, alice, bob, roomId } = peers;
		const knock = () => two.rooms.knock({ userId: bob, room: roomId, via: [one.name], reason: "Ruth sent me" });
		expect(await knock()).toBe(roomId);
		expect(await knock()).toBe(roomId);
		expect(await rowOf(two, bob)).toMatchObject({ roomId, name: "Garden", membership: "knock", heroes: [] });
		expect(await one.members(roomId)).toEqual({ [alice]: "join", [bob]: "knock" });
		await one.rooms.invite({ userId: alice, roomId, targetId: bob });
		await expect.poll(() => one.members(roomId), { timeout: 20_000 }).toEqual({ [alice]: "join", [bob]: "join" });
		const isIn = { roomId, membership: "join", joinedCount: 2 };
		await expect.poll(() => rowOf(two, bob), { timeout: 20_000 }).toMatchObject(isIn);
	});

	it("is taken back at both servers, or here alone while the other one is down", async () => {
		await using peers = await openPeers();
		const { one, two, alice, bob, roomId, down } = peers;
		await two.rooms.knock({ userId: bob, room: roomId, via: [one.name] });
		await two.rooms.leave({ userId: bob, roomId });
		expect(await two.listOf(bob)).toEqual([]);
		expect(await one.members(roomId)).toEqual({ [alice]: "join", [bob]: "leave" });
		await two.rooms.knock({ userId: bob, room: roomId, via: [one.name] });
		expect(await rowOf(two, bob)).toMatchObject({ membership: "knock" });
		down.add("one.example");
		await two.rooms.leave({ userId: bob, roomId });
		expect(await two.listOf(bob)).toEqual([]);
	});

	it("is refused visibly, until it is put away, and may be asked again", async () => {
		await using peers = await openPeers();
		const { one, two, alice, bob, roomId } = peers;
		await two.rooms.knock({ userId: bob, room: roomId, via: [one.name] });
		await one.rooms.kick({ userId: alice, roomId, targetId: bob });
		expect(await tellOutside(one, two, roomId)).toBe(true);
		expect(await rowOf(two, bob)).toMatchObject({ roomId, name: "Garden", membership: "leave", wasRefused: true });
		await two.rooms.leave({ userId: bob, roomId });
		expect(await two.listOf(bob)).toEqual([]);
		await two.rooms.knock({ userId: bob, room: roomId, via: [one.name] });
		expect(await rowOf(two, bob)).toMatchObject({ membership: "knock" });
		await one.rooms.ban({ userId: alice, roomId, targetId: bob });
		expect(await tellOutside(one, two, roomId)).toBe(true);
		expect(await rowOf(two, bob)).toMatchObject({ membership: "ban", wasRefused: true });
	});

	it("leads nowhere where the room lets nobody ask, and says so", async () => {
		await using peers = await openPeers();
		const { one, two, alice, bob, roomId } = peers;
		await one.rooms.setJoinRule({ userId: alice, roomId, joinRule: "invite" });
		const knock = () => two.rooms.knock({ userId: bob, room: roomId, via: [one.name] });
		await expect(knock()).rejects.toMatchObject({ code: "server-refused" });
		peers.down.add("one.example");
		await expect(knock()).rejects.toMatchObject({ code: "server-unreachable" });
		expect(await two.listOf(bob)).toEqual([]);
	});
});

describe("asking to join a room of one's own server", { timeout: 60_000 }, () => {
	it("is answered by being in at once, by a refusal, or taken back; it shows nothing of the inside", async () => {
		await using peers = await openPeers();
		const { one, alice, roomId } = peers;
		const carol = await one.addPerson("carol");
		await one.messages.send({ userId: alice, roomId, transactionId: "m", body: "secret" });
		await one.rooms.setTopic({ userId: alice, roomId, topic: "secret too" });
		const knock = () => one.rooms.knock({ userId: carol, room: roomId });
		await knock();
		await knock();
		const waiting = await rowOf(one, carol);
		expect(waiting).toMatchObject({ roomId, name: "Garden", membership: "knock", heroes: [], unreadCount: 0 });
		expect(JSON.stringify(waiting)).not.toContain("secret");
		const page = await one.timeline.page(carol, { roomId, direction: "backwards", limit: 50 });
		expect(page.items.filter(({ type }) => type === "m.room.message")).toEqual([]);
		await one.rooms.kick({ userId: alice, roomId, targetId: carol });
		expect(await rowOf(one, carol)).toMatchObject({ membership: "leave", wasRefused: true });
		await one.rooms.leave({ userId: carol, roomId });
		expect(await one.listOf(carol)).toEqual([]);
		await knock();
		await one.rooms.leave({ userId: carol, roomId });
		expect(await one.listOf(carol)).toEqual([]);
		await knock();
		await one.rooms.invite({ userId: alice, roomId, targetId: carol });
		expect(await rowOf(one, carol)).toMatchObject({ membership: "join" });
		await one.rooms.leave({ userId: carol, roomId });
		expect(await one.listOf(carol)).toEqual([]);
	});
});
