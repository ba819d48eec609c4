import { describe, expect, it } from "vitest";
import type { EventId, RoomId, ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { createTestNetwork, createTestServer, signerOf, type TestServer } from "../../../../tests/setup/test-server.ts";
import { maxWaitingPdus } from "./receive-transaction.ts";

const eventually = { timeout: 15_000, interval: 20 };
const peer = "two.example" as ServerName;

/** A server with a room that bob of another server, which is nobody's process, is in. */
const openRoom = async (isStopped = false) => {
	const network = createTestNetwork();
	signerOf(network, peer);
	const lines: unknown[] = [];
	const note = (fields: unknown, message: string) => lines.push({ ...(fields as object), message });
	const log = { debug: note, info: note, warn: note, error: note };
	const one = await createTestServer("one.example", { network, isStopped, log });
	const other = await createTestServer(peer, { network, isStopped: true });
	const ann = await one.addPerson("ann");
	const bob = `@bob:${peer}` as UserId;
	const roomId = await one.rooms.create({ creatorId: ann, transactionId: "t", kind: "group", inviteeIds: [] });
	await one.rooms.setJoinRule({ userId: ann, roomId, joinRule: "public" });
	await other.join(bob, roomId, { resident: one });
	const send = (txnId: string, content: JsonObject, origin = peer) =>
		one.exchange.receiveTransaction({ origin, txnId, content });
	const message = async (body: string) =>
		other.build({ sender: bob, type: "m.room.message", content: { body } }, roomId, { on: one });
	/** What is no message waits for its turn. */
	const profile = (displayname: string) => {
		const content = { membership: "join", displayname };
		return other.build({ sender: bob, stateKey: bob, type: "m.room.member", content }, roomId, { on: one });
	};
	return {
		...{ network, one, other, ann, bob, roomId, send, message, profile, lines },
		[Symbol.asyncDispose]: async () => {
			await one[Symbol.asyncDispose]();
			await other[Symbol.asyncDispose]();
		},
	};
};

const stored = async (server: TestServer, eventId: EventId): Promise<string | undefined> =>
	(await server.graph.find([eventId])).get(eventId)?.status;
const waiting = async (server: TestServer): Promise<number> =>
	(await server.rows<{ n: number }>("SELECT count(*)::int AS n FROM received_pdus"))[0]?.n ?? 0;

describe("a transaction of another server", { timeout: 60_000 }, () => {
	it("TXN-06: is answered when it is on the disk, and again the same, whatever it holds then", async () => {
		await using room = await openRoom(true);
		const { one, send, message, profile } = room;
		const [first, second] = [await profile("Bob"), await message("second")];
		const answer = { kind: "answered", content: { pdus: { [first.eventId]: {} } } };
		const twice = await Promise.all([send("a", { pdus: [first.json] }), send("a", { pdus: [first.json] })]);
		expect(twice).toEqual([answer, answer]);
		expect(await send("a", { pdus: [second.json] })).toEqual(answer);
		expect(await waiting(one)).toBe(1);
		// Whoever dies between storing and checking goes on where it was.
		const { exchange } = one.anotherProcess();
		exchange.start();
		await expect.poll(() => stored(one, first.eventId), eventually).toBe("accepted");
		await expect.poll(() => waiting(one), eventually).toBe(0);
		expect(await stored(one, second.eventId)).toBeUndefined();
		await one.exchange.sweep();
		expect(await send("a", { pdus: [] })).toEqual(answer);
	});

	it("TXN-01: is refused whole with 51 PDUs, and stores nothing", async () => {
		await using room = await openRoom(true);
		const { one, send, message } = room;
		const event = await message("many");
		const refused = await send("a", { pdus: Array.from({ length: 51 }, () => event.json) });
		expect(refused).toMatchObject({ kind: "refused", status: 400 });
		expect(await one.rows("SELECT * FROM received_transactions")).toEqual([]);
		expect(await send("a\u0000", { pdus: [] })).toMatchObject({ kind: "refused", status: 400 });
	});

	it("TXN-04, TXN-05: says of each event why it is not taken, and takes the others", async () => {
		await using room = await openRoom(true);
		const { one, ann, roomId, send, message, lines } = room;
		const good = await message("good");
		const elsewhere = { ...good.json, room_id: "!elsewhere:two.example" };
		const answer = await send("a", { pdus: [elsewhere, { ...good.json, depth: -1 }, good.json] });
		const content = answer.kind === "answered" ? answer.content : {};
		expect(content["pdus"]).toMatchObject({ [good.eventId]: {} });
		expect(Object.values(content["pdus"] ?? {})).toContainEqual({ error: "This server is not in that room" });
		expect(lines).toContainEqual(expect.objectContaining({ peer, rule: "TXN-04" }));
		expect(lines).toContainEqual(expect.objectContaining({ peer, rule: "EVT-10" }));
		const acl = { allow: ["*"], deny: ["two.*"] };
		await one.lane.submit({
			rooms: [roomId],
			users: [ann],
			plan: (context) => {
				context.room(roomId).add({ type: "m.room.server_acl", stateKey: "", sender: ann, content: acl });
			},
		});
		const denied = await message("denied");
		expect(await send("b", { pdus: [denied.json] })).toMatchObject({
			content: { pdus: { [denied.eventId]: { error: expect.any(String) } } },
		});
		expect(await stored(one, good.eventId)).toBe("accepted");
		expect(await stored(one, denied.eventId)).toBeUndefined();
		expect(await waiting(one)).toBe(0);
	});

	it("TXN-06: is judged with its answer where it brings messages only, and what it mixes with waits in its order", async () => {
		await using room = await openRoom(true);
		const { one, ann, other, bob, send, message, profile, lines } = room;
		const [renamed, after] = [await profile("Bob"), await message("after")];
		const secondRoom = await one.rooms.create({ creatorId: ann, transactionId: "t2", kind: "group", inviteeIds: [] });
		await one.rooms.setJoinRule({ userId: ann, roomId: secondRoom, joinRule: "public" });
		await other.join(bob, secondRoom, { resident: one });
		const proto = { sender: bob, type: "m.room.message", content: { body: "alone" } };
		const alone = await other.build(proto, secondRoom, { on: one });
		const forged = await other.build(proto, secondRoom, { on: one, signedAs: "three.example" });
		await send("a", { pdus: [renamed, after, alone, forged].map(({ json }) => json) });
		expect(await stored(one, alone.eventId)).toBe("accepted");
		expect(await stored(one, forged.eventId)).toBeUndefined();
		expect(lines).toContainEqual(expect.objectContaining({ peer, rule: "SIG-02", event: forged.eventId }));
		const left = await one.rows<{ event_id: string }>("SELECT event_id FROM received_pdus ORDER BY id");
		expect(left.map(({ event_id }) => event_id)).toEqual([renamed.eventId, after.eventId]);
		// Nothing overtakes what waits for its room.
		const last = await message("last");
		await send("b", { pdus: [last.json] });
		expect(await stored(one, last.eventId)).toBeUndefined();
		one.exchange.start();
		await expect.poll(() => stored(one, last.eventId), eventually).toBe("accepted");
		expect(await stored(one, renamed.eventId)).toBe("accepted");
		await expect.poll(() => waiting(one), eventually).toBe(0);
	});

	it("TXN-06: leaves nothing of its messages when its answer cannot be stored", async () => {
		await using room = await openRoom(true);
		const { one, send, message } = room;
		const event = await message("lost");
		await one.rows("ALTER TABLE received_transactions ADD CONSTRAINT full_disk CHECK (txn_id <> 'a')");
		await expect(send("a", { pdus: [event.json] })).rejects.toThrow();
		expect(await stored(one, event.eventId)).toBeUndefined();
		await one.rows("ALTER TABLE received_transactions DROP CONSTRAINT full_disk");
		expect(await send("a", { pdus: [event.json] })).toMatchObject({ kind: "answered" });
		expect(await stored(one, event.eventId)).toBe("accepted");
	});

	it("waits on the disk where people of other servers wrote it: their keys may have to be asked for", async () => {
		await using room = await openRoom(true);
		const { one, send, message } = room;
		const event = await message("relayed");
		await send("a", { pdus: [event.json] }, "three.example" as ServerName);
		expect(await stored(one, event.eventId)).toBeUndefined();
		expect(await waiting(one)).toBe(1);
	});

	it("TXN-03: has to wait when ten thousand events of its server do", async () => {
		await using room = await openRoom(true);
		const { one, send, message } = room;
		const event = await message("one more");
		await one.rows(
			`INSERT INTO received_pdus (room_id, origin, event_id, json, received_at, next_try_at)
				SELECT '!x', $1, n::text, '{}', now(), now() + interval '1 day' FROM generate_series(1, $2::int) n`,
			[peer, maxWaitingPdus],
		);
		const refused = await send("a", { pdus: [event.json] });
		expect(refused).toMatchObject({ status: 429, errcode: "M_LIMIT_EXCEEDED" });
		expect(await send("b", { pdus: [event.json] }, "three.example" as ServerName)).toMatchObject({ kind: "answered" });
	});

	it("tells of its own people who are in the room, and of nobody else", async () => {
		await using room = await openRoom();
		const { one, ann, bob, roomId, send, message } = room;
		const event = await message("read me");
		const typing: unknown[] = [];
		one.bus.subscribe((poke) => {
			if (poke.kind === "typing") typing.push(...poke.changes.map(({ userId }) => userId));
		});
		const edusOf = (userId: string, room_id: string) => [
			{ edu_type: "m.typing", content: { room_id, user_id: userId, typing: true } },
			{
				edu_type: "m.receipt",
				content: { [room_id]: { "m.read": { [userId]: { event_ids: [event.eventId], data: { ts: 5 } } } } },
			},
		];
		const strangers = [ann, "@eve:three.example", `@nobody:${peer}`].flatMap((userId) => edusOf(userId, roomId));
		await send("a", { pdus: [event.json], edus: [] });
		await expect.poll(() => stored(one, event.eventId), eventually).toBe("accepted");
		await send("b", { pdus: [], edus: [...strangers, ...edusOf(bob, "!elsewhere:two.example" as RoomId)] });
		await send("c", { pdus: [], edus: [...edusOf(bob, roomId), { edu_type: "m.unheard_of", content: {} }] });
		const readers = () => one.rows("SELECT user_id, ts FROM receipts WHERE is_public");
		await expect.poll(readers, eventually).toEqual([{ user_id: bob, ts: 5 }]);
		expect(typing).toEqual([bob]);
	});
});

describe("a server that invents ancestors", { timeout: 60_000 }, () => {
	const invented = (at: number) => ({ eventId: `$${`${at}`.padEnd(43, "x")}` as EventId, depth: 5 });

	it("gets so many questions and no more, and its events are let go", async () => {
		await using room = await openRoom();
		const { network, one, other, bob, roomId, send, lines } = room;
		// Every answer brings an event that names another one which nobody has.
		let made = 0;
		let last = invented(0);
		network.handlers.set(peer, async (_, { uri }) => {
			if (!uri.includes("get_missing_events")) {
				return { kind: "refused", status: 404, errcode: "M_NOT_FOUND", message: "", retryAfterMs: undefined };
			}
			made += 1;
			const proto = { sender: bob, type: "m.room.message", content: { made } };
			const event = await other.build(proto, roomId, { on: one, prevEvents: [invented(made)] });
			last = { eventId: event.eventId, depth: event.depth };
			return { kind: "answered", content: { events: [event.json] } };
		});
		const proto = { sender: bob, type: "m.room.message", content: { body: "x" } };
		const event = await other.build(proto, roomId, { on: one, prevEvents: [last] });
		await send("a", { pdus: [event.json] });
		const later = () => one.rows<{ attempts: number }>("SELECT attempts FROM received_pdus");
		await expect.poll(later, eventually).toEqual([{ attempts: 1 }]);
		expect(network.requests.filter(({ to }) => to === peer).length).toBeLessThanOrEqual(65);
		expect(await stored(one, event.eventId)).toBeUndefined();
		for (const attempts of [2, 3]) {
			await one.rows("UPDATE received_pdus SET next_try_at = now()");
			one.bus.publish({ kind: "federation" });
			await expect.poll(later, eventually).toEqual([{ attempts }]);
		}
		await one.rows("UPDATE received_pdus SET next_try_at = now()");
		one.bus.publish({ kind: "federation" });
		await expect.poll(later, eventually).toEqual([]);
		expect(lines).toContainEqual(
			expect.objectContaining({ peer, rule: "RCV-MISSING", event: event.eventId, message: "an event is given up" }),
		);
		expect(network.requests.filter(({ to }) => to === peer).length).toBeLessThanOrEqual(4 * 65);
	});
});
