import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildEvent, type ProtoEvent } from "../../../../federation/events/build-event.ts";
import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import { stateMapKey } from "../../../../federation/events/state-key.ts";
import type { EventId, RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { roomVersions } from "../../../../federation/room-versions/room-versions.ts";
import { testSigner } from "../../../../federation/testing/noble-signer.ts";
import { storeOutliers } from "../../../../tests/setup/store-outliers.ts";
import { createTestPeers, type TestPeer } from "../../../../tests/setup/test-peers.ts";

/** More than go out with the room itself. */
const crowd = 101;
const carol = "@carol:three.example" as UserId;
const dana = "@dana:three.example" as UserId;

type Peers = Awaited<ReturnType<typeof createTestPeers>>;

let peers: Peers;
let one: TestPeer;
let alice: UserId;
let made = 0;

beforeAll(async () => {
	peers = await createTestPeers(["one.example", "two.example"]);
	one = peers.peer("one.example");
	alice = await one.addPerson("alice");
	await Promise.all(Array.from({ length: crowd }, (_, at) => one.addPerson(`person${at}`)));
}, 60_000);
afterAll(() => peers[Symbol.asyncDispose]());

const publicRoom = async (): Promise<RoomId> => {
	const transactionId = one.transactionId();
	const roomId = await one.rooms.create({ creatorId: alice, transactionId, kind: "public", name: "S", inviteeIds: [] });
	const people = Array.from({ length: crowd }, (_, at) => `@person${at}:one.example` as UserId);
	await Promise.all(people.map((userId) => one.rooms.join({ userId, room: roomId })));
	return roomId;
};

/** A room of many on one server, and somebody of the other one who has just joined it. */
const joined = async () => {
	const two = peers.peer("two.example");
	made += 1;
	const bob = await two.addPerson(`bob${made}`);
	const roomId = await publicRoom();
	return { two, bob, roomId, join: () => two.rooms.join({ userId: bob, room: roomId, via: [one.name] }) };
};

const endsOf = async (peer: TestPeer, roomId: RoomId): Promise<{ nid: number; eventId: EventId; depth: number }[]> => {
	const { rows } = await peer.database.pool.query(
		`SELECT e.nid, e.event_id AS "eventId", e.depth FROM rooms r JOIN forward_extremities x ON x.room_nid = r.nid
			JOIN events e ON e.nid = x.event_nid WHERE r.id = $1 ORDER BY e.nid`,
		[roomId],
	);
	return rows;
};

/** An event of a third server that nobody runs here. */
const eventOf = (
	proto: ProtoEvent,
	place: { prev: readonly { eventId: EventId; depth: number }[]; auth: readonly EventId[] },
): RoomEvent => {
	const built = buildEvent(proto, {
		version: roomVersions["12"],
		signer: testSigner("three.example"),
		prevEvents: place.prev,
		authEvents: place.auth,
		originServerTs: Date.now(),
	});
	if (built.kind === "refused") throw new Error(built.detail);
	return built.event;
};

const stateIds = async (peer: TestPeer, roomId: RoomId, keys: readonly (readonly [string, string])[]) => {
	const state = await peer.graph.currentState(
		roomId,
		keys.map(([type, key]) => stateMapKey(type, key)),
	);
	return [...state.values()].map(({ eventId }) => eventId);
};

/** Somebody of the third server comes in, through the server that has the room. */
const letIn = async (roomId: RoomId, userId = carol): Promise<RoomEvent> => {
	const auth = await stateIds(one, roomId, [
		["m.room.power_levels", ""],
		["m.room.join_rules", ""],
	]);
	const proto = { roomId, sender: userId, type: "m.room.member", stateKey: userId, content: { membership: "join" } };
	const event = eventOf(proto, { prev: await endsOf(one, roomId), auth });
	const received = await one.receiving.receive({ roomId, pdu: event.json });
	expect(received).toMatchObject({ kind: "stored", status: "accepted" });
	return event;
};

const stateOf = async (peer: TestPeer, roomId: RoomId): Promise<Record<string, EventId>> =>
	Object.fromEntries([...(await peer.graph.currentState(roomId))].map(([key, { eventId }]) => [key, eventId]));

const bodiesIn = async (peer: TestPeer, viewer: UserId, roomId: RoomId): Promise<unknown[]> => {
	const page = await peer.timeline.page(viewer, { roomId, direction: "backwards", limit: 20 });
	return page.items.map(({ content }) => content["body"]).filter((body) => body !== undefined);
};

/** The position that the stream has reached, or had so many before. */
const headOf = async ({ database }: TestPeer, before = 0): Promise<number> => {
	const { rows } = await database.pool.query("SELECT position FROM stream_head");
	return Number(rows[0].position) - before;
};

const limits = { timelineLimit: 10, roomLimit: 50 };
const changesSince = async (peer: TestPeer, viewer: UserId, from: number) => {
	const changes = await peer.timeline.readChanges(viewer, { from, to: await headOf(peer), ...limits });
	if (changes.kind === "too-many") throw new Error("too many rooms");
	return changes.rooms;
};

describe("a room that is joined without its members", { timeout: 60_000 }, () => {
	it("MEM-ARRIVING is there at once, and whole when the members have come", async () => {
		const { two, bob, roomId, join } = await joined();
		await join();
		expect(await two.directory.memberList(roomId)).toMatchObject({ kind: "arriving" });
		expect(Object.keys(await two.members(roomId)).length).toBeLessThan(10);
		const sent = await two.messages.send({ userId: bob, roomId, transactionId: "t", body: "hello" });
		const { rows: waiting } = await two.database.pool.query("SELECT DISTINCT destination FROM outbox_entries");
		expect(waiting).toEqual([{ destination: "one.example" }]);
		const pdu = (await two.graph.find([sent.eventId])).get(sent.eventId)?.event.json;
		expect(await one.receiving.receive({ roomId, pdu: pdu ?? {} })).toMatchObject({ status: "accepted" });
		expect(await two.complete(roomId)).toEqual({ kind: "complete" });
		expect(await two.directory.memberList(roomId)).toEqual({ kind: "complete" });
		expect(await two.members(roomId)).toEqual(await one.members(roomId));
		expect(await stateOf(two, roomId)).toEqual(await stateOf(one, roomId));
		expect(await two.listOf(bob)).toMatchObject([{ roomId, joinedCount: crowd + 2 }]);
		expect(await two.complete(roomId)).toEqual({ kind: "over" });
	});

	it("MEM-ARRIVING takes away what somebody wrote who had been banned, and keeps everything else", async () => {
		const { two, bob, roomId, join } = await joined();
		const carolsJoin = await letIn(roomId);
		await one.rooms.ban({ userId: alice, roomId, targetId: carol });
		await join();
		await storeOutliers(two, roomId, [carolsJoin.json]);
		const levels = await stateIds(two, roomId, [
			["m.room.power_levels", ""],
			["m.room.join_rules", ""],
		]);
		const prev = await endsOf(two, roomId);
		const place = { prev, auth: [...levels.slice(0, 1), carolsJoin.eventId] };
		const member = { sender: carol, roomId, type: "m.room.member", stateKey: carol };
		const content = { membership: "join", displayname: "Back again" };
		const message = { roomId, sender: carol, type: "m.room.message", content: { msgtype: "m.text", body: "evil" } };
		const [powerLevels] = await stateIds(two, roomId, [["m.room.power_levels", ""]]);
		const cited = { ...place, auth: [powerLevels as EventId, carolsJoin.eventId] };
		const renamed = eventOf({ ...member, content }, { prev, auth: [...levels, carolsJoin.eventId] });
		for (const event of [eventOf(message, cited), renamed]) {
			expect(await two.receiving.receive({ roomId, pdu: event.json })).toMatchObject({ status: "accepted" });
		}
		await two.messages.send({ userId: bob, roomId, transactionId: "t", body: "kind" });
		expect(await bodiesIn(two, bob, roomId)).toEqual(["evil", "kind"]);
		expect((await two.members(roomId))[carol]).toBe("join");
		expect(await two.complete(roomId)).toEqual({ kind: "complete" });
		expect(await bodiesIn(two, bob, roomId)).toEqual(["kind"]);
		expect((await two.members(roomId))[carol]).toBe("ban");
		const state = await stateOf(two, roomId);
		expect(state[stateMapKey("m.room.member", carol)]).toBe(
			(await stateOf(one, roomId))[stateMapKey("m.room.member", carol)],
		);
		// What is written now stands on what is left.
		const sent = await two.messages.send({ userId: bob, roomId, transactionId: "u", body: "calm" });
		const after = (await two.graph.find([sent.eventId])).get(sent.eventId)?.event;
		const before = [...(await two.graph.find(after?.prevEvents ?? [])).values()];
		expect(before.map(({ status }) => status)).toEqual(["accepted"]);
	});

	it("MEM-ARRIVING gives back what a deletion took away that was refused after all, and tells whoever is here", async () => {
		const { two, bob, roomId, join } = await joined();
		const [carolsJoin, danasJoin] = [await letIn(roomId), await letIn(roomId, dana)];
		await one.rooms.ban({ userId: alice, roomId, targetId: carol });
		await join();
		await storeOutliers(two, roomId, [carolsJoin.json, danasJoin.json]);
		const [powerLevels] = await stateIds(two, roomId, [["m.room.power_levels", ""]]);
		const say = (body: string) => ({ roomId, type: "m.room.message", content: { msgtype: "m.text", body } });
		const from = (sender: RoomEvent, prev: readonly { eventId: EventId; depth: number }[]) => ({
			...{ prev, auth: [powerLevels as EventId, sender.eventId] },
		});
		const good = eventOf({ ...say("good"), sender: dana }, from(danasJoin, await endsOf(two, roomId)));
		expect(await one.receiving.receive({ roomId, pdu: good.json })).toMatchObject({ status: "accepted" });
		expect(await two.receiving.receive({ roomId, pdu: good.json })).toMatchObject({ status: "accepted" });
		const deletion = { roomId, sender: carol, type: "m.room.redaction", redacts: good.eventId };
		const taken = eventOf({ ...deletion, content: { redacts: good.eventId } }, from(carolsJoin, [good]));
		const evil = eventOf({ ...say("evil"), sender: carol }, from(carolsJoin, [taken]));
		for (const { json: pdu } of [taken, evil]) {
			expect(await two.receiving.receive({ roomId, pdu })).toMatchObject({ status: "accepted" });
		}
		expect(await bodiesIn(two, bob, roomId)).toEqual(["evil"]);
		expect(await two.listOf(bob)).toMatchObject([{ unreadCount: 2, lastMessage: { content: { body: "evil" } } }]);
		const since = await headOf(two);

		expect(await two.complete(roomId)).toEqual({ kind: "complete" });
		expect(await bodiesIn(two, bob, roomId)).toEqual(["good"]);
		expect(await two.listOf(bob)).toMatchObject([{ unreadCount: 1, lastMessage: { content: { body: "good" } } }]);
		const told = await changesSince(two, bob, since);
		expect(
			told.map(({ isLimited, events }) => [isLimited, events.flatMap(({ content }) => content["body"] ?? [])]),
		).toEqual([[true, ["good"]]]);
		await two.messages.send({ userId: bob, roomId, transactionId: "t", body: "calm" });
		const next = await changesSince(two, bob, await headOf(two, 1));
		expect(next).toMatchObject([
			{ isLimited: false, summary: { unreadCount: 0, lastMessage: { content: { body: "calm" } } } },
		]);
	});

	it("MEM-ARRIVING does not act on people that it does not know yet, nor speak for the room", async () => {
		const { two, bob, roomId, join } = await joined();
		await join();
		const stranger = "@person1:one.example" as UserId;
		const act = { userId: bob, roomId, targetId: stranger };
		await expect(two.rooms.kick(act)).rejects.toMatchObject({ code: "members-arriving" });
		await expect(two.rooms.ban(act)).rejects.toMatchObject({ code: "members-arriving" });
		const dora = await two.addPerson(`dora${made}`);
		await expect(two.rooms.invite({ ...act, targetId: dora })).rejects.toMatchObject({ code: "members-arriving" });
		const asked = { origin: one.name, roomId, userId: alice, membership: "join", versions: ["12"] } as const;
		expect(await two.membership.answerMake(asked)).toMatchObject({ kind: "refused", status: 404 });
		const [end] = await endsOf(two, roomId);
		const question = { origin: one.name, roomId, eventId: end?.eventId ?? "" };
		expect(await two.answering.state(question)).toMatchObject({ kind: "refused" });
		expect(await two.answering.event({ ...question, origin: carol.split(":")[1] as never })).toMatchObject({
			status: 403,
		});
		// Whoever else is here comes in through a server that knows everybody.
		await two.rooms.join({ userId: dora, room: roomId });
		expect(await one.members(roomId)).toMatchObject({ [bob]: "join", [dora]: "join" });
		await two.rooms.leave({ userId: dora, roomId });
		await two.rooms.leave({ userId: bob, roomId });
		expect(await two.complete(roomId)).toEqual({ kind: "over" });
	});

	it("MEM-ARRIVING believes no server whose state is another one, and asks again until it is given", async () => {
		const { two, roomId, join } = await joined();
		await join();
		const answer = async (change: (pdus: readonly string[]) => readonly string[]) => {
			const [{ eventId }] = (await endsOf(two, roomId)) as unknown as [{ eventId: EventId }];
			const whole = await one.answering.state({ origin: two.name, roomId, eventId });
			if (whole.kind !== "streamed") throw new Error("one.example does not answer");
			let text = "";
			for await (const piece of whole.pieces) text += piece;
			const parsed = JSON.parse(text);
			const pdus = change(parsed.pdus.map((pdu: object) => JSON.stringify(pdu)));
			return `{"pdus":[${pdus.join(",")}],"auth_chain":[${parsed.auth_chain.map((pdu: object) => JSON.stringify(pdu)).join(",")}]}`;
		};
		const lies = [
			(pdus: readonly string[]) => pdus.filter((pdu) => !pdu.includes("m.room.power_levels")),
			(pdus: readonly string[]) =>
				pdus.map((pdu) => (pdu.includes("m.room.join_rules") ? pdu.replace("public", "invite") : pdu)),
			() => [],
		];
		for (const [at, lie] of lies.entries()) {
			const text = await answer(lie);
			const state = async () => ({
				kind: "streamed" as const,
				pieces: (async function* () {
					yield text;
				})(),
			});
			const nothingToClose = async () => undefined;
			const liar = { ...one, answering: { ...one.answering, state }, close: nothingToClose };
			peers.network.peers.set("liar.example", liar);
			await two.database.pool.query("UPDATE arriving_members SET servers = '{liar.example}'");
			expect(await two.complete(roomId), `lie ${at}`).toMatchObject({
				kind: "failed",
				server: "liar.example",
				rule: "MEM-ARRIVING",
			});
			expect(await two.directory.memberList(roomId)).toMatchObject({ kind: "arriving", known: 1 });
		}
		await two.database.pool.query("UPDATE arriving_members SET servers = '{gone.example,one.example}'");
		peers.down.add("one.example");
		expect(await two.complete(roomId)).toMatchObject({ kind: "failed", detail: "connection" });
		peers.down.clear();
		// What is stored already is not asked for again.
		await two.database.pool.query("UPDATE arriving_members SET attempts = 1");
		expect(await two.complete(roomId)).toEqual({ kind: "complete" });
		expect(await stateOf(two, roomId)).toEqual(await stateOf(one, roomId));
	});

	it("MEM-JOIN is one room when two processes bring it at once", async () => {
		const { two, bob, roomId } = await joined();
		const other = two.anotherProcess();
		const dora = await two.addPerson(`dora${made}`);
		const via = [one.name];
		await Promise.all([
			two.rooms.join({ userId: bob, room: roomId, via }),
			other.rooms.join({ userId: dora, room: roomId, via }),
			two.rooms.join({ userId: bob, room: roomId, via }),
			other.rooms.join({ userId: bob, room: roomId, via }),
		]);
		expect(await two.complete(roomId)).toEqual({ kind: "complete" });
		expect(await two.members(roomId)).toMatchObject({ [bob]: "join", [dora]: "join", [alice]: "join" });
		expect(Object.keys(await two.members(roomId))).toHaveLength(crowd + 3);
		const { rows } = await two.database.pool.query("SELECT count(*)::int AS rooms FROM rooms WHERE id = $1", [roomId]);
		expect(rows).toEqual([{ rooms: 1 }]);
	});
});
