import { describe, expect, it } from "vitest";
import type { RoomAlias, RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { TestPeer } from "../../../../tests/setup/test-peers.ts";
import { deliver, groupOf, openPeers } from "../../../../tests/setup/two-peers.ts";
import { createStreamStore } from "../../adapters/prisma/stream/stream-store.ts";

const versions = ["11", "12"] as const;

describe.each(versions)("rooms of two servers, version %s", { timeout: 60_000 }, (versionId) => {
	it("shows an invitation from elsewhere at once, with who invites, and lets the person in", async () => {
		await using peers = await openPeers({ versionId });
		const { one, two, alice, bob } = peers;
		const roomId = await groupOf(one, alice, [bob]);
		expect(await two.listOf(bob)).toMatchObject([
			{
				roomId,
				name: "Garden",
				kind: "group",
				membership: "invite",
				invitedBy: alice,
				heroes: [{ displayName: "alice" }],
			},
		]);
		expect(await one.members(roomId)).toEqual({ [alice]: "join", [bob]: "invite" });
		expect(await two.rooms.join({ userId: bob, room: roomId })).toBe(roomId);
		expect(await two.rooms.join({ userId: bob, room: roomId })).toBe(roomId);
		expect(await one.members(roomId)).toEqual({ [alice]: "join", [bob]: "join" });
		expect(await two.members(roomId)).toEqual({ [alice]: "join", [bob]: "join" });
		expect(await two.listOf(bob)).toMatchObject([
			{ roomId, name: "Garden", membership: "join", joinedCount: 2, invitedCount: 0 },
		]);
		const sent = await two.messages.send({ userId: bob, roomId, transactionId: "t", body: "hello" });
		await deliver(two, one, roomId);
		const page = await one.timeline.page(alice, { roomId, direction: "backwards", limit: 5 });
		expect(page.items.map(({ eventId }) => eventId)).toContain(sent.eventId);
	});

	it("joins by an address of another server, and a second person joins here without asking there", async () => {
		await using peers = await openPeers({ versionId });
		const { one, two, alice, bob } = peers;
		const carol = await two.addPerson("carol");
		const roomId = await one.rooms.create({
			creatorId: alice,
			transactionId: "p",
			kind: "public",
			name: "Square",
			inviteeIds: [],
		});
		await two.rooms.join({ userId: bob, room: roomId, via: [one.name] });
		peers.down.add("one.example");
		await two.rooms.join({ userId: carol, room: roomId });
		expect(await two.members(roomId)).toEqual({ [alice]: "join", [bob]: "join", [carol]: "join" });
	});

	it("lets an invited person decline, whether or not the other server can be told", async () => {
		await using peers = await openPeers({ versionId });
		const { one, two, alice, bob } = peers;
		const first = await groupOf(one, alice, [bob]);
		const second = await groupOf(one, alice, [bob]);
		await two.rooms.leave({ userId: bob, roomId: first });
		expect(await one.members(first)).toEqual({ [alice]: "join", [bob]: "leave" });
		peers.down.add("one.example");
		await two.rooms.leave({ userId: bob, roomId: second });
		await two.rooms.leave({ userId: bob, roomId: second });
		expect(await two.listOf(bob)).toEqual([]);
		peers.down.clear();
		await one.rooms.invite({ userId: alice, roomId: first, targetId: bob });
		expect(await two.listOf(bob)).toMatchObject([{ roomId: first, membership: "invite" }]);
		await two.rooms.join({ userId: bob, room: first });
		expect(await one.members(first)).toEqual({ [alice]: "join", [bob]: "join" });
	});

	it("comes back into a room that everybody here had left", async () => {
		await using peers = await openPeers({ versionId });
		const { one, two, alice, bob } = peers;
		const roomId = await groupOf(one, alice, [bob]);
		await two.rooms.join({ userId: bob, room: roomId });
		await two.rooms.leave({ userId: bob, roomId });
		await deliver(two, one, roomId);
		expect(await one.members(roomId)).toEqual({ [alice]: "join", [bob]: "leave" });
		await one.rooms.setName({ userId: alice, roomId, name: "Orchard" });
		await one.rooms.invite({ userId: alice, roomId, targetId: bob });
		expect(await two.listOf(bob)).toMatchObject([{ roomId, membership: "invite" }]);
		await two.rooms.join({ userId: bob, room: roomId });
		expect(await two.listOf(bob)).toMatchObject([{ roomId, name: "Orchard", membership: "join", joinedCount: 2 }]);
		const sent = await one.messages.send({ userId: alice, roomId, transactionId: "t", body: "welcome back" });
		await deliver(one, two, roomId);
		const page = await two.timeline.page(bob, { roomId, direction: "backwards", limit: 5 });
		expect(page.items.map(({ eventId }) => eventId)).toContain(sent.eventId);
	});

	it("opens a direct chat with a person of another server, once", async () => {
		await using peers = await openPeers({ versionId });
		const { one, two, alice, bob } = peers;
		const open = () =>
			one.rooms.create({ creatorId: alice, transactionId: one.transactionId(), kind: "direct", inviteeIds: [bob] });
		const roomId = await open();
		expect(await open()).toBe(roomId);
		expect(await two.listOf(bob)).toMatchObject([{ roomId, kind: "direct", membership: "invite", invitedBy: alice }]);
		await two.rooms.join({ userId: bob, room: roomId });
		expect(await two.listOf(bob)).toMatchObject([{ roomId, kind: "direct", heroes: [{ userId: alice }] }]);
		// What is told to open pages names the other person too, whose server is elsewhere.
		const { rows } = await two.database.pool.query("SELECT nid FROM rooms WHERE id = $1", [roomId]);
		const [audience] = await createStreamStore(two.database.pool).loadAudiences([rows[0].nid]);
		expect(audience?.members.map(({ userId }) => userId).sort()).toEqual([alice, bob]);
	});
});

describe("a restricted room", { timeout: 60_000 }, () => {
	const restrict = async (peer: TestPeer, owner: UserId, { roomId, club }: { roomId: RoomId; club: RoomId }) => {
		const content = { join_rule: "restricted", allow: [{ type: "m.room_membership", room_id: club }] };
		await peer.lane.submit({
			rooms: [roomId],
			users: [owner],
			plan: (context) => context.room(roomId).add({ type: "m.room.join_rules", stateKey: "", sender: owner, content }),
		});
	};

	it("lets in who is in the room that opens it, from here and from elsewhere, and nobody else", async () => {
		await using peers = await openPeers();
		const { one, two, alice, bob } = peers;
		const carol = await one.addPerson("carol");
		const dora = await one.addPerson("dora");
		const club = await groupOf(one, alice, [bob, carol]);
		const roomId = await groupOf(one, alice);
		await restrict(one, alice, { roomId, club });
		const join = (userId: UserId) => one.rooms.join({ userId, room: roomId });
		await expect(join(carol)).rejects.toMatchObject({ code: "forbidden" });
		await expect(two.rooms.join({ userId: bob, room: roomId, via: [one.name] })).rejects.toMatchObject({
			code: "server-refused",
		});
		await one.rooms.join({ userId: carol, room: club });
		await two.rooms.join({ userId: bob, room: club });
		await join(carol);
		await two.rooms.join({ userId: bob, room: roomId, via: [one.name] });
		await expect(join(dora)).rejects.toMatchObject({ code: "forbidden" });
		expect(await one.members(roomId)).toEqual({ [alice]: "join", [bob]: "join", [carol]: "join" });
	});

	it("shows a new name of whoever was let in by somebody", async () => {
		await using peers = await openPeers();
		const { one, alice } = peers;
		const carol = await one.addPerson("carol");
		const club = await groupOf(one, alice, [carol]);
		const roomId = await groupOf(one, alice);
		await restrict(one, alice, { roomId, club });
		await one.rooms.join({ userId: carol, room: club });
		await one.rooms.join({ userId: carol, room: roomId });
		await one.database.pool.query("UPDATE users SET display_name = 'Carol' WHERE id = $1", [carol]);
		await one.rooms.showProfile(carol);
		const snapshot = await one.directory.snapshot(roomId, [carol]);
		const content = snapshot?.state.get("m.room.member", carol)?.content;
		expect({ ...content }).toEqual({ membership: "join", displayname: "Carol" });
	});

	it("is joined through another server where nobody here may let anybody in", async () => {
		await using peers = await openPeers({ versionId: "11" });
		const { one, two, alice, bob } = peers;
		const erin = await two.addPerson("erin");
		const club = await groupOf(one, alice, [bob, erin]);
		const roomId = await groupOf(one, alice, [bob]);
		for (const room of [club, roomId]) await two.rooms.join({ userId: bob, room });
		await two.rooms.join({ userId: erin, room: club });
		await deliver(two, one, club);
		const levels = { users: { [alice]: 100 }, invite: 50 };
		await one.lane.submit({
			rooms: [roomId],
			users: [alice],
			plan: (context) => {
				const state = { type: "m.room.power_levels", stateKey: "", sender: alice, content: levels };
				return context.room(roomId).add(state);
			},
		});
		await restrict(one, alice, { roomId, club });
		await deliver(one, two, roomId);
		await two.rooms.join({ userId: erin, room: roomId });
		expect(await one.members(roomId)).toEqual({ [alice]: "join", [bob]: "join", [erin]: "join" });
		expect(await two.members(roomId)).toEqual({ [alice]: "join", [bob]: "join", [erin]: "join" });
	});
});

describe("what other servers may not do", { timeout: 60_000 }, () => {
	it("ends an invitation that is withdrawn, and by nothing else", async () => {
		await using peers = await openPeers();
		const { one, two, alice, bob } = peers;
		const roomId = await groupOf(one, alice, [bob]);
		await one.rooms.kick({ userId: alice, roomId, targetId: bob });
		const { rows } = await one.database.pool.query("SELECT json FROM events ORDER BY nid DESC LIMIT 1");
		const pdu = JSON.parse(rows[0].json);
		const outside = (changed: object) =>
			two.membership.receiveFromOutside({ origin: one.name, roomId, pdu: { ...pdu, ...changed } });
		expect(await outside({ signatures: {} })).toBe(false);
		expect(await outside({ auth_events: [] })).toBe(false);
		expect(await outside({ state_key: "@carol:two.example" })).toBe(false);
		expect(await two.listOf(bob)).toHaveLength(1);
		expect(await outside({})).toBe(true);
		expect(await outside({})).toBe(false);
		expect(await two.listOf(bob)).toEqual([]);
	});

	it("is told when it is the other way round: whoever was only invited hears that it is taken back", async () => {
		await using peers = await openPeers();
		const { one, alice, bob } = peers;
		const roomId = await groupOf(one, alice, [bob]);
		const told = async () => {
			const { rows } = await one.database.pool.query(
				`SELECT o.destination, e.json::jsonb -> 'content' ->> 'membership' AS membership
				FROM outbox_entries o JOIN events e ON e.nid = o.event_nid`,
			);
			return rows;
		};
		await one.messages.send({ userId: alice, roomId, transactionId: "t", body: "not for Bob yet" });
		expect(await told()).toEqual([]);
		await one.rooms.kick({ userId: alice, roomId, targetId: bob });
		expect(await told()).toEqual([{ destination: "two.example", membership: "leave" }]);
	});

	it("takes no invitation of strangers where the owner wants none", async () => {
		await using peers = await openPeers({ invitationPolicy: "known" });
		const { one, two, alice, bob } = peers;
		await expect(groupOf(one, alice, [bob])).rejects.toMatchObject({ code: "server-refused" });
		expect(await two.listOf(bob)).toEqual([]);
		const square = await one.rooms.create({
			creatorId: alice,
			transactionId: "p",
			kind: "public",
			name: "S",
			inviteeIds: [],
		});
		await two.rooms.join({ userId: bob, room: square, via: [one.name] });
		await groupOf(one, alice, [bob]);
		expect((await two.listOf(bob)).map(({ membership }) => membership).sort()).toEqual(["invite", "join"]);
	});

	it("leaves no empty direct chat behind when the other server refuses", async () => {
		await using peers = await openPeers({ invitationPolicy: "nobody" });
		const { one, alice, bob } = peers;
		const open = one.rooms.create({ creatorId: alice, transactionId: "d", kind: "direct", inviteeIds: [bob] });
		await expect(open).rejects.toMatchObject({ code: "server-refused" });
		expect(await one.listOf(alice)).toEqual([]);
	});

	it("says in codes why somebody elsewhere cannot be reached", async () => {
		await using peers = await openPeers();
		const { one, two, alice } = peers;
		const roomId = await groupOf(one, alice);
		const invite = (targetId: string) => one.rooms.invite({ userId: alice, roomId, targetId: targetId as UserId });
		await expect(invite("@x:nowhere.example")).rejects.toMatchObject({ code: "server-unknown" });
		await expect(invite("@nobody:two.example")).rejects.toMatchObject({ code: "user-unknown" });
		peers.down.add("two.example");
		await expect(invite("@bob:two.example")).rejects.toMatchObject({ code: "server-unreachable" });
		peers.down.clear();
		const join = (room: string) => two.rooms.join({ userId: peers.bob, room: room as RoomAlias, via: [one.name] });
		await expect(join(roomId)).rejects.toMatchObject({ code: "server-refused" });
		await expect(join("!nothing:two.example")).rejects.toMatchObject({ code: "not-found" });
		expect(await two.listOf(peers.bob)).toEqual([]);
	});
});
