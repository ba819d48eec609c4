import { describe, expect, it } from "vitest";
import { strippedStateOf } from "../../../../federation/handshakes/membership/stripped-state.ts";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { encodeBase64 } from "../../../../federation/json/base64.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { signJson } from "../../../../federation/signing/sign-json.ts";
import { testSigner } from "../../../../federation/testing/noble-signer.ts";
import { deliver, groupOf, openPeers } from "../../../../tests/setup/two-peers.ts";

const identity = testSigner("id.example");
const token = "abc123";
const signedFor = (mxid: string, by = identity): JsonObject => signJson({ mxid, token, sender: "@x:one.example" }, by);

/** Alice of one.example has invited an address into her room; bob of two.example is who reads what is sent there. */
const openInvited = async (options: Parameters<typeof openPeers>[0] = {}) => {
	const peers = await openPeers(options);
	const { one, alice } = peers;
	const roomId = await groupOf(one, alice);
	const inviteAddress = (content: JsonObject, stateKey = token) =>
		one.lane.submit({
			rooms: [roomId],
			users: [alice],
			plan: (context) => {
				context.room(roomId).add({ type: "m.room.third_party_invite", sender: alice, stateKey, content });
			},
		});
	await inviteAddress({
		display_name: "b…@…",
		public_key: encodeBase64(identity.publicKey),
		key_validity_url: "https://x",
	});
	return { ...peers, roomId, inviteAddress };
};

type Invited = Awaited<ReturnType<typeof openInvited>>;

const bindingOf = ({ bob, alice, roomId }: Invited, changes: JsonObject = {}): JsonObject => {
	const invite = { medium: "email", address: "b@x.example", mxid: bob, room_id: roomId, sender: alice };
	return {
		...{ medium: "email", address: "b@x.example", mxid: bob },
		invites: [{ ...invite, signed: signedFor(bob), ...changes }],
	};
};

const askOf = ({ bob, alice, roomId }: Invited, changes: JsonObject = {}, signed = signedFor(bob)): JsonObject => ({
	...{ type: "m.room.member", room_id: roomId, sender: alice, state_key: bob },
	content: { membership: "invite", third_party_invite: { display_name: "evil", signed } },
	...changes,
});

const exchange = ({ one, two }: Invited, roomId: string, content: JsonObject) =>
	one.membership.exchangeThirdPartyInvite({ origin: two.name, roomId, content });

const eventsOf = async ({ one }: Invited): Promise<number> =>
	(await one.database.pool.query("SELECT count(*)::int AS n FROM events")).rows[0].n;

describe("an invitation by an address", { timeout: 60_000 }, () => {
	it("MEM-3PID: becomes one of its person at their server when an identity server says whose it is", async () => {
		await using room = await openInvited();
		const { one, two, alice, bob, roomId } = room;
		await two.membership.takeBoundInvites(bindingOf(room));
		expect(await one.members(roomId)).toEqual({ [alice]: "join", [bob]: "invite" });
		expect(await two.listOf(bob)).toMatchObject([{ roomId, membership: "invite", invitedBy: alice }]);
		const { rows } = await one.database.pool.query("SELECT json FROM events WHERE state_key = $1", [bob]);
		const made = JSON.parse(rows[0].json);
		expect(Object.keys(made.signatures).sort()).toEqual(["one.example", "two.example"]);
		expect(made.content.third_party_invite).toEqual({ display_name: "b…@…", signed: signedFor(bob) });
		const before = await eventsOf(room);
		await two.membership.takeBoundInvites(bindingOf(room));
		expect(await exchange(room, roomId, askOf(room))).toMatchObject({ kind: "answered" });
		expect(await eventsOf(room)).toBe(before);
		await two.rooms.join({ userId: bob, room: roomId });
		expect(await one.members(roomId)).toEqual({ [alice]: "join", [bob]: "join" });
		// Who is in the room is not put before its door again.
		expect(await exchange(room, roomId, askOf(room))).toMatchObject({ kind: "refused", status: 403 });
		expect(await one.members(roomId)).toEqual({ [alice]: "join", [bob]: "join" });
	});

	it("MEM-3PID: becomes one in a room that is here, in the name of who invited, wherever they are", async () => {
		await using room = await openInvited();
		const { one, two, alice, bob, roomId } = room;
		const [carol, dora] = [await two.addPerson("carol"), await one.addPerson("dora")];
		await one.rooms.invite({ userId: alice, roomId, targetId: carol });
		await two.rooms.join({ userId: carol, room: roomId });
		await two.membership.takeBoundInvites(bindingOf(room));
		expect(await two.listOf(bob)).toMatchObject([{ roomId, membership: "invite", invitedBy: alice }]);
		await deliver(two, one, roomId);
		expect(await one.members(roomId)).toMatchObject({ [bob]: "invite" });
		// And of one server alone.
		const own = { mxid: dora, invites: [{ room_id: roomId, sender: alice, signed: signedFor(dora) }] };
		await one.membership.takeBoundInvites(own);
		expect(await one.members(roomId)).toMatchObject({ [dora]: "invite" });
	});

	it("MEM-3PID: is given to nobody who has no right to it: the specified refusal, nothing stored", async () => {
		await using room = await openInvited();
		const { one, alice, bob, roomId, inviteAddress } = room;
		const other = await groupOf(one, alice);
		const gone = await groupOf(one, alice);
		await one.rooms.leave({ userId: alice, roomId: gone });
		const forged = testSigner("forger.example");
		const eve = await one.addPerson("eve");
		const before = await eventsOf(room);
		const wrong: readonly (readonly [string, string, JsonObject, string | undefined])[] = [
			["no such token", roomId, askOf(room, {}, { ...signedFor(bob), token: "another" }), "AUTH-3PID-TOKEN"],
			["no signature", roomId, askOf(room, {}, { mxid: bob, token, signatures: {} }), "AUTH-3PID-SIGNATURE"],
			["a wrong signature", roomId, askOf(room, {}, signedFor(bob, forged)), "AUTH-3PID-SIGNATURE"],
			["altered words", roomId, askOf(room, {}, { ...signedFor(bob), extra: 1 }), "AUTH-3PID-SIGNATURE"],
			["another room", other, askOf(room, { room_id: other }), "AUTH-3PID-TOKEN"],
			["a room by the path alone", other, askOf(room), "MEM-3PID"],
			["a room that is gone", gone, askOf(room, { room_id: gone }), undefined],
			["a room that nobody knows", "!no:one.example", askOf(room, { room_id: "!no:one.example" }), undefined],
			["another sender", roomId, askOf(room, { sender: eve }), "AUTH-3PID-SENDER"],
			["a sender of its own", roomId, askOf(room, { sender: bob }), "MEM-3PID"],
			["another person", roomId, askOf(room, { state_key: "@eve:two.example" }), "MEM-3PID"],
			["a person of ours", roomId, askOf(room, { state_key: eve }, signedFor(eve)), "MEM-3PID"],
			["a membership", roomId, askOf(room, { content: { membership: "join" } }), "MEM-3PID"],
			["another event", roomId, askOf(room, { type: "m.room.name" }), "MEM-3PID"],
		];
		for (const [what, path, content, rule] of wrong) {
			const answer = await exchange(room, path, content);
			expect([what, answer.kind, "rule" in answer ? answer.rule : undefined]).toEqual([what, "refused", rule]);
		}
		expect(await eventsOf(room)).toBe(before);
		await inviteAddress({});
		expect(await exchange(room, roomId, askOf(room))).toMatchObject({ kind: "refused", rule: "AUTH-3PID-SIGNATURE" });
		expect(await one.members(roomId)).toEqual({ [alice]: "join" });
	});

	it("is taken in by its person's server only if the inviting one signed it, for that person", async () => {
		await using room = await openInvited();
		const { one, two, alice, bob, roomId } = room;
		const proposed = (signed: JsonObject) =>
			one.lane.submit({
				rooms: [roomId],
				users: [alice, bob],
				plan: (context) => {
					const content = { membership: "invite", third_party_invite: { display_name: "b", signed } };
					return context.room(roomId).propose({ type: "m.room.member", sender: alice, stateKey: bob, content });
				},
			});
		const snapshot = await one.directory.snapshot(roomId, [alice]);
		const roomState = snapshot && strippedStateOf(snapshot, [alice]);
		const { eventId, json } = await proposed(signedFor(bob));
		const offer = (pdu: JsonObject) =>
			two.membership.receiveInvitation({ origin: one.name, roomId, eventId, versionId: "12", pdu, roomState });
		expect(await offer({ ...json, signatures: {} })).toMatchObject({ kind: "refused", rule: "MEM-INVITE" });
		const others = { ...json, signatures: { "two.example": { "ed25519:1": "AAAA" } } };
		expect(await offer(others)).toMatchObject({ kind: "refused", rule: "MEM-INVITE" });
		expect(await two.listOf(bob)).toEqual([]);
		expect(await offer(json)).toMatchObject({ kind: "answered" });
		expect(await two.listOf(bob)).toMatchObject([{ roomId, membership: "invite" }]);
	});

	it("is given to no server that the room keeps out, and to nobody whom it bans", async () => {
		await using room = await openInvited();
		const { one, alice, bob, roomId } = room;
		await one.rooms.ban({ userId: alice, roomId, targetId: bob });
		expect(await exchange(room, roomId, askOf(room))).toMatchObject({ kind: "refused", rule: "AUTH-3PID-BANNED" });
		await one.rooms.unban({ userId: alice, roomId, targetId: bob });
		await one.rooms.setServerAcl({
			userId: alice,
			roomId,
			allow: ["*"],
			deny: ["two.example"],
			allowIpLiterals: false,
		});
		expect(await exchange(room, roomId, askOf(room))).toMatchObject({ kind: "refused", status: 403 });
		expect(await one.members(roomId)).toMatchObject({ [bob]: "leave" });
	});

	it("is asked for by what a stranger says within bounds, for people of this server, and where they are wanted", async () => {
		await using room = await openInvited();
		const { two, alice, bob, roomId, network } = room;
		const asked = () => network.asked.filter((uri) => uri.includes("exchange_third_party_invite")).length;
		const nobody = "@nobody:two.example" as UserId;
		const rooms = Array.from({ length: 50 }, (_, at) => `!r${at}:one.example` as RoomId);
		const flood = (mxid: string) => ({
			mxid,
			invites: rooms.map((room_id) => ({ room_id, sender: alice, signed: signedFor(mxid) })),
		});
		await two.membership.takeBoundInvites(flood(nobody));
		await two.membership.takeBoundInvites(flood(alice));
		await two.membership.takeBoundInvites({ ...bindingOf(room), mxid: nobody });
		await two.membership.takeBoundInvites({ mxid: bob, invites: [null, 3, {}, { room_id: roomId, sender: alice }] });
		await two.membership.takeBoundInvites({ mxid: bob, invites: {} });
		expect(asked()).toBe(0);
		for (let at = 0; at < 3; at += 1) await two.membership.takeBoundInvites(flood(bob));
		expect(asked()).toBe(30);
		expect(await two.listOf(bob)).toEqual([]);
	});

	it("is not asked for where the owner wants no invitations from other servers", async () => {
		await using room = await openInvited({ invitationPolicy: "nobody" });
		await room.two.membership.takeBoundInvites(bindingOf(room));
		expect(await room.two.listOf(room.bob)).toEqual([]);
		expect(await room.one.members(room.roomId)).toEqual({ [room.alice]: "join" });
	});
});
