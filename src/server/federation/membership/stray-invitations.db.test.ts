import { expect, it } from "vitest";
import { strippedStateOf } from "../../../../federation/handshakes/membership/stripped-state.ts";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { deliver, groupOf, openPeers } from "../../../../tests/setup/two-peers.ts";

/** An invitation by alice that the other server has signed and shows, and that is not in the room. */
const inviteUnheard = async (
	{ one, two, alice }: Awaited<ReturnType<typeof openPeers>>,
	{ roomId, targetId }: { readonly roomId: RoomId; readonly targetId: UserId },
): Promise<JsonObject> => {
	const event = await one.lane.submit({
		rooms: [roomId],
		users: [alice, targetId],
		plan: (context) =>
			context.room(roomId).propose({
				...{ type: "m.room.member", sender: alice, stateKey: targetId, content: { membership: "invite" } },
			}),
	});
	const snapshot = await one.directory.snapshot(roomId, [alice]);
	const answer = await two.membership.receiveInvitation({
		...{ origin: one.name, roomId, eventId: event.eventId, versionId: "12", pdu: event.json },
		roomState: snapshot && strippedStateOf(snapshot, [alice]),
	});
	if (answer.kind !== "answered") throw new Error(answer.errcode);
	return answer.event;
};

it("gets an invitation from the room where others of its server are in the room already", async () => {
	await using peers = await openPeers();
	const { one, two, alice, bob } = peers;
	const carol = await two.addPerson("carol");
	const roomId = await groupOf(one, alice, [bob]);
	await two.rooms.join({ userId: bob, room: roomId });
	await one.rooms.invite({ userId: alice, roomId, targetId: carol });
	const { rows } = await one.database.pool.query(
		`SELECT e.state_key FROM outbox_entries o JOIN events e ON e.nid = o.event_nid
		WHERE o.destination = 'two.example' AND e.type = 'm.room.member'`,
	);
	expect(rows).toEqual([{ state_key: carol }]);
	await deliver(one, two, roomId);
	expect(await two.listOf(carol)).toMatchObject([{ roomId, membership: "invite" }]);
});

it("forgets invitations that the room knows nothing of when it comes into the room", async () => {
	await using peers = await openPeers();
	const { one, two, alice, bob } = peers;
	const carol = await two.addPerson("carol");
	const roomId = await groupOf(one, alice, [bob]);
	// The inviting server ends before the invitation, which the other one signed, is in the room.
	await inviteUnheard(peers, { roomId, targetId: carol });
	expect(await two.listOf(carol)).toMatchObject([{ roomId, membership: "invite" }]);
	await two.rooms.join({ userId: bob, room: roomId });
	expect(await two.members(roomId)).toEqual({ [alice]: "join", [bob]: "join", [carol]: "leave" });
	expect(await two.listOf(carol)).toEqual([]);
});

it("is waited for a moment when its invitation is here before it is in the room, and no longer", async () => {
	await using peers = await openPeers();
	const { one, two, alice, bob, network } = peers;
	const roomId = await groupOf(one, alice);
	const invitation = await inviteUnheard(peers, { roomId, targetId: bob });
	await expect(two.rooms.join({ userId: bob, room: roomId })).rejects.toMatchObject({ code: "server-refused" });
	expect(network.pauses.splice(0)).toEqual([300, 300, 300, 300]);
	network.duringPause = async () => {
		if (network.pauses.length === 2) await one.receiving.receive({ roomId, pdu: invitation });
	};
	await two.rooms.join({ userId: bob, room: roomId });
	expect(network.pauses).toEqual([300, 300]);
	expect(await one.members(roomId)).toEqual({ [alice]: "join", [bob]: "join" });
});
