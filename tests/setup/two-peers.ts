import type { RoomId, UserId } from "../../federation/identifiers/identifier-types.ts";
import { createTestPeers, type TestPeer } from "./test-peers.ts";

/** Two servers, with alice of the first and bob of the second. */
export const openPeers = async (options: Parameters<typeof createTestPeers>[1] = {}) => {
	const network = await createTestPeers(["one.example", "two.example"], options);
	const one = network.peer("one.example");
	const two = network.peer("two.example");
	const alice = await one.addPerson("alice");
	const bob = await two.addPerson("bob");
	return { ...network, one, two, alice, bob, [Symbol.asyncDispose]: () => network[Symbol.asyncDispose]() };
};

/** A group of one server. */
export const groupOf = (peer: TestPeer, creatorId: UserId, inviteeIds: readonly UserId[] = []): Promise<RoomId> =>
	peer.rooms.create({ creatorId, transactionId: peer.transactionId(), kind: "group", name: "Garden", inviteeIds });

/** Everything new of a room goes from one server to the other, as delivery would take it. */
export const deliver = async (from: TestPeer, to: TestPeer, roomId: RoomId): Promise<void> => {
	const { rows } = await from.database.pool.query(
		`SELECT e.json FROM events e JOIN rooms r ON r.nid = e.room_nid
		WHERE r.id = $1 AND e.position IS NOT NULL AND e.verdict = 0 ORDER BY e.position`,
		[roomId],
	);
	for (const row of rows) {
		const pdu = JSON.parse(row.json);
		const received = await to.receiving.receive({ roomId, pdu });
		if (received.kind === "unknownRoom") await to.membership.receiveFromOutside({ origin: from.name, roomId, pdu });
	}
};
