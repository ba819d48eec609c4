import { describe, expect, it } from "vitest";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { createTestPeers, type TestPeer } from "../../../../tests/setup/test-peers.ts";

/** More than go out with the room itself. */
const crowd = 120;

const openPeers = async () => {
	const network = await createTestPeers(["one.example", "two.example"]);
	const one = network.peer("one.example");
	const two = network.peer("two.example");
	const alice = await one.addPerson("alice");
	const bob = await two.addPerson("bob");
	const roomId = await crowdedRoom(one, alice);
	return { ...network, one, two, alice, bob, roomId, [Symbol.asyncDispose]: () => network[Symbol.asyncDispose]() };
};

const crowdedRoom = async (peer: TestPeer, owner: UserId): Promise<RoomId> => {
	const roomId = await peer.rooms.create({
		creatorId: owner,
		transactionId: peer.transactionId(),
		kind: "public",
		name: "Square",
		inviteeIds: [],
	});
	const people = await Promise.all(Array.from({ length: crowd }, (_, at) => peer.addPerson(`person${at}`)));
	await Promise.all(people.map((userId) => peer.rooms.join({ userId, room: roomId })));
	return roomId;
};

/** Everything new of a room goes from one server to the other, as delivery would take it. */
const deliver = async (from: TestPeer, to: TestPeer, roomId: RoomId): Promise<void> => {
	const { rows } = await from.database.pool.query(
		`SELECT e.json FROM events e JOIN rooms r ON r.nid = e.room_nid
		WHERE r.id = $1 AND e.position IS NOT NULL AND e.verdict = 0 ORDER BY e.position`,
		[roomId],
	);
	for (const row of rows) await to.receiving.receive({ roomId, pdu: JSON.parse(row.json) });
};

describe("a room that is joined without its members", { timeout: 60_000 }, () => {
	it("MEM-ARRIVING is there at once, and whole when the members have come", async () => {
		await using peers = await openPeers();
		const { one, two, alice, bob, roomId } = peers;
		await two.rooms.join({ userId: bob, room: roomId, via: [one.name] });
		expect(await two.directory.memberList(roomId)).toMatchObject({ kind: "arriving" });
		expect(Object.keys(await two.members(roomId)).length).toBeLessThan(10);
		const sent = await two.messages.send({ userId: bob, roomId, transactionId: "t", body: "hello" });
		const { rows: waiting } = await two.database.pool.query("SELECT DISTINCT destination FROM outbox_entries");
		expect(waiting).toEqual([{ destination: "one.example" }]);
		await deliver(two, one, roomId);
		const page = await one.timeline.page(alice, { roomId, direction: "backwards", limit: 5 });
		expect(page.items.map(({ eventId }) => eventId)).toContain(sent.eventId);
		expect(await two.complete(roomId)).toEqual({ kind: "complete" });
		expect(await two.directory.memberList(roomId)).toEqual({ kind: "complete" });
		expect(await two.members(roomId)).toEqual(await one.members(roomId));
		const state = async (peer: TestPeer) =>
			Object.fromEntries([...(await peer.graph.currentState(roomId))].map(([key, { eventId }]) => [key, eventId]));
		expect(await state(two)).toEqual(await state(one));
		expect(await two.listOf(bob)).toMatchObject([{ roomId, joinedCount: crowd + 2 }]);
		expect(await two.complete(roomId)).toEqual({ kind: "over" });
	});
});
