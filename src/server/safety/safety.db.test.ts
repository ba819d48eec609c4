import { describe, expect, it } from "vitest";
import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { silentLog } from "../../../tests/setup/silent-log.ts";
import { createTestPeers, type TestPeer } from "../../../tests/setup/test-peers.ts";
import { createSafetyStore } from "../adapters/prisma/safety/safety-store.ts";
import { createSafety } from "./create-safety.ts";

const safetyOf = (peer: TestPeer) =>
	createSafety({
		store: createSafetyStore(peer.database.pool),
		clock: Date,
		decline: peer.rooms.leave,
		log: silentLog,
	});

const openPeers = async () => {
	const network = await createTestPeers(["one.example", "two.example"]);
	const one = network.peer("one.example");
	const two = network.peer("two.example");
	const alice = await one.addPerson("alice");
	const bob = await two.addPerson("bob");
	return {
		...{ ...network, one, two, alice, bob, safety: safetyOf(two) },
		[Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
	};
};

const groupOf = (peer: TestPeer, creatorId: UserId, inviteeIds: readonly UserId[] = []): Promise<RoomId> =>
	peer.rooms.create({ creatorId, transactionId: peer.transactionId(), kind: "group", name: "Garden", inviteeIds });

describe("somebody who is blocked", { timeout: 60_000 }, () => {
	it("has their invitations declined at both servers, and sends no more: the specified error, nothing stored", async () => {
		await using peers = await openPeers();
		const { one, two, alice, bob, safety } = peers;
		const carol = await one.addPerson("carol");
		const roomIds = [await groupOf(one, alice, [bob]), await groupOf(one, alice, [bob])];
		await groupOf(one, carol, [bob]);
		await safety.block({ userId: bob, blockedId: alice });
		expect((await two.listOf(bob)).map(({ invitedBy }) => invitedBy)).toEqual([carol]);
		for (const roomId of roomIds) expect(await one.members(roomId)).toEqual({ [alice]: "join", [bob]: "leave" });
		const events = async () => (await two.database.pool.query("SELECT count(*)::int AS n FROM events")).rows[0].n;
		const before = await events();
		const invite = () => one.rooms.invite({ userId: alice, roomId: roomIds[0] as RoomId, targetId: bob });
		await expect(invite()).rejects.toMatchObject({ code: "invite-blocked" });
		expect(await events()).toBe(before);
		const direct = { creatorId: alice, transactionId: "d", kind: "direct", inviteeIds: [bob] } as const;
		await expect(one.rooms.create(direct)).rejects.toMatchObject({ code: "invite-blocked" });
		await safety.unblock(bob, alice);
		await invite();
		expect(await two.listOf(bob)).toHaveLength(2);
	});

	it("is answered M_INVITE_BLOCKED, and only about whoever blocks them", async () => {
		await using peers = await openPeers();
		const { one, two, alice, bob, safety } = peers;
		const dora = await two.addPerson("dora");
		await safety.block({ userId: bob, blockedId: alice });
		const roomId = await groupOf(one, alice);
		const answerFor = async (targetId: UserId) => {
			const content = { membership: "invite" };
			const event = await one.lane.submit({
				rooms: [roomId],
				users: [alice, targetId],
				plan: (context) =>
					context.room(roomId).propose({ type: "m.room.member", sender: alice, stateKey: targetId, content }),
			});
			const create = (await one.directory.snapshot(roomId, []))?.state.get("m.room.create", "");
			const question = { origin: one.name, roomId, eventId: event.eventId, versionId: "12", pdu: event.json };
			return two.membership.receiveInvitation({ ...question, roomState: create === undefined ? [] : [create.json] });
		};
		expect(await answerFor(bob)).toMatchObject({ kind: "refused", status: 403, errcode: "M_INVITE_BLOCKED" });
		expect(await answerFor(dora)).toMatchObject({ kind: "answered" });
		expect(await two.listOf(bob)).toEqual([]);
	});

	it("stays out of sight when their invitation comes by a room that is here, without asking", async () => {
		await using peers = await openPeers();
		const { one, two, alice, bob, safety } = peers;
		const erin = await two.addPerson("erin");
		const roomId = await groupOf(one, alice, [erin]);
		await two.rooms.join({ userId: erin, room: roomId });
		await safety.block({ userId: bob, blockedId: alice });
		// A lying server puts the invitation into its room, and sends it there as any other event.
		await one.lane.submit({
			rooms: [roomId],
			users: [alice, bob],
			plan: (context) => {
				const content = { membership: "invite" };
				context.room(roomId).add({ type: "m.room.member", sender: alice, stateKey: bob, content });
			},
		});
		const { rows } = await one.database.pool.query("SELECT json FROM events ORDER BY nid DESC LIMIT 1");
		const received = await two.receiving.receive({ roomId, pdu: JSON.parse(rows[0].json) });
		expect(received).toMatchObject({ kind: "stored", status: "accepted" });
		expect(await two.members(roomId)).toMatchObject({ [bob]: "invite" });
		expect(await two.listOf(bob)).toEqual([]);
		await safety.unblock(bob, alice);
		expect(await two.listOf(bob)).toMatchObject([{ roomId, membership: "invite" }]);
	});

	it("is kept away among people of one server too", async () => {
		await using peers = await openPeers();
		const { two, bob, safety } = peers;
		const dora = await two.addPerson("dora");
		const roomId = await groupOf(two, dora, [bob]);
		await safety.block({ userId: bob, blockedId: dora });
		expect(await two.members(roomId)).toEqual({ [dora]: "join", [bob]: "leave" });
		const invite = two.rooms.invite({ userId: dora, roomId, targetId: bob });
		await expect(invite).rejects.toMatchObject({ code: "invite-blocked" });
		await expect(groupOf(two, dora, [bob])).rejects.toMatchObject({ code: "invite-blocked" });
		await two.rooms.invite({ userId: bob, roomId: await groupOf(two, bob), targetId: dora });
	});

	it("is blocked at once whether or not their server can be told, and again without harm", async () => {
		await using peers = await openPeers();
		const { one, two, alice, bob, safety } = peers;
		await groupOf(one, alice, [bob]);
		peers.down.add("one.example");
		await safety.block({ userId: bob, blockedId: alice });
		await safety.block({ userId: bob, blockedId: alice });
		expect(await two.listOf(bob)).toEqual([]);
		expect((await safety.blockedBy(bob)).map(({ userId }) => userId)).toEqual([alice]);
		await expect(safety.block({ userId: bob, blockedId: bob })).rejects.toMatchObject({ code: "bad-input" });
		const many =
			"INSERT INTO blocked_people SELECT $1, '@p' || n || ':x.example', now() FROM generate_series(1, 999) n";
		await two.database.pool.query(many, [bob]);
		const oneMore = safety.block({ userId: bob, blockedId: "@more:x.example" as UserId });
		await expect(oneMore).rejects.toMatchObject({ code: "too-large" });
		await safety.block({ userId: bob, blockedId: alice });
	});
});

describe("a report", { timeout: 60_000 }, () => {
	it("reaches the owner with the room's name, once, until it is seen to", async () => {
		await using peers = await openPeers();
		const { one, two, alice, bob, safety } = peers;
		const roomId = await groupOf(one, alice, [bob]);
		const report = (words: string) => safety.report({ userId: bob, subjectId: alice, roomId, words });
		await report("spam");
		await two.rooms.leave({ userId: bob, roomId });
		await report("spam, again\u0000");
		const [waiting, ...more] = await safety.reports();
		expect(more).toEqual([]);
		expect(waiting).toMatchObject({
			...{ reporterId: bob, reporterName: "bob", subjectId: alice, roomId, roomName: "Garden" },
			...{ words: "spam, again\ufffd", settledAt: undefined },
		});
		await safety.settle(waiting?.id ?? "");
		expect((await safety.reports())[0]?.settledAt).toBeTypeOf("number");
		await report("once more");
		expect(await safety.reports()).toMatchObject([{ words: "once more", settledAt: undefined }]);
	});

	it("names no room that the person has nothing to do with, and comes in no flood", async () => {
		await using peers = await openPeers();
		const { two, bob, safety } = peers;
		const secret = await groupOf(two, await two.addPerson("dora"));
		await safety.report({ userId: bob, subjectId: "@x:x.example" as UserId, roomId: secret, words: "" });
		expect(await safety.reports()).toMatchObject([{ roomName: undefined }]);
		const about = (at: number) =>
			safety.report({ userId: bob, subjectId: `@p${at}:x.example` as UserId, roomId: undefined, words: "" });
		for (let at = 1; at < 50; at += 1) await about(at);
		await expect(about(50)).rejects.toMatchObject({ code: "too-many-requests" });
		await about(49);
		expect(await safety.reports()).toHaveLength(50);
	});
});
