import { describe, expect, it } from "vitest";
import type { ProtoEvent } from "../../../../federation/events/build-event.ts";
import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import { stateMapKey } from "../../../../federation/events/state-key.ts";
import type { RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import { roomVersions } from "../../../../federation/room-versions/room-versions.ts";
import { userId } from "../../../../federation/testing/identifiers.ts";
import { type Act, SimulatedServer, type SimulatedWorld } from "../../../../federation/testing/simulated-server.ts";
import { createTestReceiving, localAnchor } from "../../../../tests/setup/test-receiving.ts";
import { testRoomSigner, testServerName } from "../../../../tests/setup/test-rooms.ts";
import { simulatedSigners } from "../../../../tests/simulation/simulated-signers.ts";
import { nodeVerifier } from "../../adapters/crypto-node/node-verifier.ts";

const ann = userId("@ann:one.example");
const startTs = 1_700_000_000_000;

/** Another server with a public room that a person of this server has joined. */
const openRoom = async () => {
	const [signer] = simulatedSigners(["one"]);
	if (signer === undefined) throw new Error("no signer");
	const world: SimulatedWorld = {
		version: roomVersions[12],
		verifier: nodeVerifier,
		keys: (server) => ({
			kind: "current",
			publicKey: (server === testServerName ? testRoomSigner : signer).publicKey,
			validUntilTs: startTs + 86_400_000,
			receivedTs: startTs,
		}),
		roomId: undefined,
	};
	const other = new SimulatedServer(signer, world);
	const own = new SimulatedServer(testRoomSigner, world);
	let ts = startTs;
	const send = async (proto: Omit<ProtoEvent, "roomId">, act: Partial<Act> = {}): Promise<RoomEvent> => {
		ts += 1;
		const by = proto.sender === ann ? other : own;
		const event = await by.send({ proto, originServerTs: ts, ...act });
		if (event === undefined) throw new Error(`${proto.type} may not be sent`);
		await other.receive(event.json);
		await own.receive(event.json);
		return event;
	};
	const state = (type: string, content: ProtoEvent["content"], stateKey = "") => ({
		sender: ann,
		type,
		stateKey,
		content,
	});
	const say = (body: string, act: Partial<Act> = {}) =>
		send({ sender: ann, type: "m.room.message", content: { msgtype: "m.text", body } }, act);
	await send(state("m.room.create", { room_version: "12" }));
	await send(state("m.room.member", { membership: "join" }, ann));
	await send(state("m.room.join_rules", { join_rule: "public" }));
	const early = [await say("first"), await say("second")];
	const join = await send({
		sender: localAnchor,
		type: "m.room.member",
		stateKey: localAnchor,
		content: { membership: "join" },
	});
	const kith = await createTestReceiving(world);
	const roomId = world.roomId as RoomId;
	const stateBefore = (event: RoomEvent) => [...other.room.stateBefore(event.eventId).values()];
	const imported = stateBefore(join).map((id) => other.room.event(id)?.json ?? {});
	expect(await kith.open(join.json, imported)).toMatchObject({ kind: "stored", status: "accepted" });
	const receive = (event: RoomEvent) => kith.receiving.receive({ roomId, pdu: event.json });
	const shown = async () => {
		const page = await kith.timeline.page(localAnchor, { roomId, direction: "backwards", limit: 200 });
		return page.items.map(({ content, type }) => content["body"] ?? type);
	};
	return { ...kith, other, send, say, state, early, join, roomId, stateBefore, receive, shown };
};

describe("odd events of other servers", { timeout: 60_000 }, () => {
	it("puts history before what is here, moves the end of history back, and changes nothing of the present", async () => {
		await using room = await openRoom();
		const { early, receiving, roomId, graph } = room;
		const present = await graph.currentState(roomId);
		const awaited = async () =>
			(await room.database.pool.query("SELECT prev_event_id FROM backward_extremities")).rows.map(
				(row) => row.prev_event_id,
			);
		expect(await awaited()).toEqual([early[1]?.eventId]);
		for (const event of early.toReversed()) {
			const history = { roomId, pdu: event.json, stateBefore: room.stateBefore(event), isHistory: true };
			expect(await receiving.receive(history)).toMatchObject({ kind: "stored", status: "accepted" });
			expect(await receiving.receive(history)).toMatchObject({ kind: "known" });
		}
		expect(await room.shown()).toEqual(["first", "second", "m.room.member"]);
		expect(await awaited()).toEqual(early[0]?.prevEvents);
		expect(await graph.currentState(roomId)).toEqual(present);
	});

	it("takes up more ends of the graph than one event may name, one after the other", async () => {
		await using room = await openRoom();
		const { join, roomId, messages, other, graph } = room;
		for (let at = 0; at < 25; at++) await room.receive(await room.say(`end ${at}`, { prevEvents: [join.eventId] }));
		const nid = (await graph.room(roomId))?.nid ?? 0;
		expect((await graph.ends(nid)).size).toBe(25);
		for (const transactionId of ["one", "two"]) {
			const sent = await messages.send({ userId: localAnchor, roomId, transactionId, body: transactionId });
			const stored = (await graph.find([sent.eventId])).get(sent.eventId);
			await other.receive(stored?.event.json ?? {});
			expect(other.room.status(sent.eventId)).toBe("accepted");
		}
		expect((await graph.ends(nid)).size).toBe(1);
	});

	it("keeps state keys apart that differ in a character no column holds", async () => {
		await using room = await openRoom();
		const keys = ["a\u0000b", "a\ufffdb", "a\ue0000b", "ab"];
		const events: RoomEvent[] = [];
		for (const key of keys) events.push(await room.send(room.state("example.state", { of: key.length }, key)));
		for (const event of events) expect(await room.receive(event)).toMatchObject({ kind: "stored", status: "accepted" });
		const present = await room.graph.currentState(room.roomId);
		expect(keys.map((key) => present.get(stateMapKey("example.state", key))?.eventId)).toEqual(
			events.map(({ eventId }) => eventId),
		);
	});

	it("stores an event that was deleted before it came without its content", async () => {
		await using room = await openRoom();
		const target = await room.say("SECRET", { prevEvents: [room.join.eventId] });
		const redaction = await room.send(
			{ sender: ann, type: "m.room.redaction", redacts: target.eventId, content: {} },
			{ prevEvents: [room.join.eventId] },
		);
		expect(await room.receive(redaction)).toMatchObject({ status: "accepted" });
		expect(await room.receive(target)).toMatchObject({ status: "accepted" });
		const { rows } = await room.database.pool.query("SELECT count(*)::int AS n FROM events WHERE json LIKE '%SECRET%'");
		expect(rows).toEqual([{ n: 0 }]);
		expect(await room.shown()).not.toContain("SECRET");
	});
});
