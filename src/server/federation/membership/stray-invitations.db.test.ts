import { expect, it } from "vitest";
import { strippedStateOf } from "../../../../federation/handshakes/membership/stripped-state.ts";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { deliver, groupOf, openPeers } from "../../../../tests/setup/two-peers.ts";
import { createStreamStore } from "../../adapters/prisma/stream/stream-store.ts";

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

/** Carol of the second server is in a public room of the first; alice invites bob by an event alone, asking nobody. */
const inviteThroughRoom = async ({ one, two, alice, bob }: Awaited<ReturnType<typeof openPeers>>) => {
	const carol = await two.addPerson("carol");
	const roomId = await one.rooms.create({
		...{ creatorId: alice, transactionId: "p", kind: "public", name: "Square", inviteeIds: [] },
	});
	await two.rooms.join({ userId: carol, room: roomId, via: [one.name] });
	await one.lane.submit({
		rooms: [roomId],
		users: [alice, bob],
		plan: (context) => {
			const content = { membership: "invite" };
			context.room(roomId).add({ type: "m.room.member", sender: alice, stateKey: bob, content });
		},
	});
	await deliver(one, two, roomId);
	return { carol, roomId };
};

it("is in the room, and shown to nobody, where the owner wants no invitations from other servers", async () => {
	await using peers = await openPeers({ invitationPolicy: "nobody" });
	const { two, bob } = peers;
	const { carol, roomId } = await inviteThroughRoom(peers);
	expect(await two.members(roomId)).toMatchObject({ [bob]: "invite", [carol]: "join" });
	expect(await two.listOf(bob)).toEqual([]);
	const { rows } = await two.database.pool.query<{ nid: number }>("SELECT nid FROM rooms WHERE id = $1", [roomId]);
	const nids = rows.map(({ nid }) => nid);
	const audienceOf = async (takesNone: boolean) =>
		(await createStreamStore(two.database.pool, () => takesNone).loadAudiences(nids))
			.flatMap(({ members }) => members)
			.map(({ userId }) => userId);
	expect(await audienceOf(true)).not.toContain(bob);
	expect(await audienceOf(false)).toContain(bob);
	// People of this server invite each other all the same, and whoever finds the room may come in.
	const own = await groupOf(two, carol, [bob]);
	expect(await two.listOf(bob)).toMatchObject([{ roomId: own, membership: "invite" }]);
	await two.rooms.join({ userId: bob, room: roomId });
	expect((await two.listOf(bob)).map((room) => room.roomId)).toContain(roomId);
});

it("is shown where invitations of known servers are wanted: whose room is here is known", async () => {
	await using peers = await openPeers({ invitationPolicy: "known" });
	const { roomId } = await inviteThroughRoom(peers);
	expect(await peers.two.listOf(peers.bob)).toMatchObject([{ roomId, membership: "invite" }]);
});
