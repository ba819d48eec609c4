import { describe, expect, it } from "vitest";
import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import type { ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { createTestNetwork, createTestServer, signerOf } from "../../../../tests/setup/test-server.ts";
import { nodeVerifier } from "../../adapters/crypto-node/node-verifier.ts";
import type { AppendLane, RoomGraph } from "../../rooms/public.ts";
import { createReceiving } from "./create-receiving.ts";
import { mostStates } from "./move-present.ts";
import { resolvePlaced } from "./resolve-placed.ts";

const peer = "two.example" as ServerName;
const bob = `@bob:${peer}` as UserId;
const crowd = 300;

/** A room in which bob of another server says everything beside what he said before. */
const openRoom = async () => {
	const network = createTestNetwork();
	signerOf(network, peer);
	const one = await createTestServer("one.example", { network, isStopped: true });
	const other = await createTestServer(peer, { network, isStopped: true });
	const ann = await one.addPerson("ann");
	const roomId = await one.rooms.create({ creatorId: ann, transactionId: "t", kind: "group", inviteeIds: [] });
	await one.rooms.setJoinRule({ userId: ann, roomId, joinRule: "public" });
	await other.join(bob, roomId, { resident: one });
	/** How many rows about ends each transaction wrote, and how many whole states it read. */
	const written: number[] = [];
	const statesRead: number[] = [];
	const submitAlone: AppendLane["submitAlone"] = (work) =>
		one.lane.submitAlone(async (transaction, rows) => {
			let count = 0;
			const stateOf: RoomGraph["stateOf"] = (groupId, keys) => {
				count += keys === undefined ? 1 : 0;
				return transaction.graph.stateOf(groupId, keys);
			};
			const answer = await work({ ...transaction, graph: { ...transaction.graph, stateOf } }, rows);
			statesRead.push(count);
			for (const { removed, added } of rows.ends.values()) written.push(removed.size + added.size);
			return answer;
		});
	const { graph, keys, name: serverName } = one;
	const receiving = createReceiving({
		...{ lane: { ...one.lane, submitAlone }, graph, keys, verifier: nodeVerifier, serverName },
	});
	const proto = (body: string) => ({ sender: bob, type: "m.room.message", content: { body } });
	const say = (body: string, prevEvents?: readonly RoomEvent[]) =>
		other.build(proto(body), roomId, { on: one, ...(prevEvents === undefined ? {} : { prevEvents }) });
	const first = await say("first");
	const ends = async () =>
		(
			await one.rows<{ id: string }>(
				"SELECT e.event_id AS id FROM forward_extremities x JOIN events e ON e.nid = x.event_nid ORDER BY e.nid",
			)
		).map(({ id }) => id);
	const place = first.prevEvents.map((eventId) => ({ eventId, depth: first.depth - 1 }));
	/** Events that know nothing of each other. */
	const beside = async (count: number, protoOf: (at: number) => Parameters<typeof other.build>[0]) => {
		const events: RoomEvent[] = [];
		for (let at = 0; at < count; at += 1) {
			events.push(await other.build(protoOf(at), roomId, { on: one, prevEvents: place }));
		}
		return events;
	};
	return {
		...{ one, ann, roomId, receiving, written, statesRead, beside, proto, say, ends },
		[Symbol.asyncDispose]: async () => {
			await one[Symbol.asyncDispose]();
			await other[Symbol.asyncDispose]();
		},
	};
};

describe("a room with very many ends", { timeout: 60_000 }, () => {
	it("costs as much for each new one as a room with few", async () => {
		await using room = await openRoom();
		const { one, ann, roomId, receiving, written, proto, say, ends } = room;
		const beside = await room.beside(crowd, (at) => proto(`${at}`));
		const answers = await receiving.receiveAll(beside.map((event) => ({ roomId, pdu: event.json })));
		expect(answers.every((answer) => answer.kind === "stored" && answer.status === "accepted")).toBe(true);
		expect(await ends()).toEqual(beside.map(({ eventId }) => eventId));
		expect(written.reduce((sum, count) => sum + count, 0)).toBe(crowd + 1);

		written.length = 0;
		const [above, alone] = [await say("above", beside.slice(100, 120)), await say("alone", beside.slice(0, 1))];
		await receiving.receive({ roomId, pdu: above.json });
		await receiving.receiveAll([{ roomId, pdu: alone.json }]);
		expect(written).toEqual([21, 2]);
		const left = [...beside.slice(1, 100), ...beside.slice(120)].map(({ eventId }) => eventId);
		expect(await ends()).toEqual([...left, above.eventId, alone.eventId]);

		// What is written here takes up the oldest, as many as an event may name.
		const send = (body: string) => one.messages.send({ userId: ann, roomId, transactionId: body, body });
		const own = [await send("first"), await send("second")].map(({ eventId }) => eventId);
		expect(await ends()).toEqual([...left.slice(40), above.eventId, alone.eventId, ...own]);
		expect((await one.graph.ends((await one.graph.room(roomId))?.nid ?? 0)).size).toBe(crowd - 19 - 40 + 2);
	});

	it("does not cost more and more when each of them is after another state", async () => {
		await using room = await openRoom();
		const { one, ann, roomId, receiving, statesRead } = room;
		const count = mostStates + 30;
		const names = await room.beside(count, (at) => ({
			...{ sender: bob, stateKey: bob, type: "m.room.member" },
			content: { membership: "join", displayname: `${at}` },
		}));
		for (const event of names) {
			expect(await receiving.receive({ roomId, pdu: event.json })).toMatchObject({ status: "accepted" });
		}
		expect(Math.max(...statesRead.slice(0, mostStates))).toBeGreaterThan(mostStates - 5);
		expect(Math.max(...statesRead.slice(mostStates + 1))).toBeLessThan(5);

		// What holds is what would hold if all were resolved together.
		const found = await one.graph.room(roomId);
		if (found === undefined) throw new Error("no room");
		const groups = (await one.graph.ends(found.nid)).groupIds;
		expect(groups).toHaveLength(count);
		const states = await Promise.all(groups.map((groupId) => one.graph.stateOf(groupId)));
		const together = await resolvePlaced(one.graph, found, { states });
		expect(await one.graph.currentState(roomId)).toEqual(together);

		// A message on top of some of them changes nothing, and what is written here takes up all.
		const above = await room.say("above", names.slice(0, 1));
		expect(await receiving.receive({ roomId, pdu: above.json })).toMatchObject({ status: "accepted" });
		for (let at = 0; at < 5; at += 1)
			await one.messages.send({ userId: ann, roomId, transactionId: `${at}`, body: "up" });
		expect(await room.ends()).toHaveLength(1);
		expect(await one.graph.currentState(roomId)).toEqual(together);
	});
});
