/**
 * Brings the state before an old event of a room, so many megabytes of it, as whoever scrolls back does, and says how much
 * memory that took. Run by itself, with a heap that the state does not fit into:
 * `node --max-old-space-size=96 --import tsx tests/interop/bring-long-state.ts 60`.
 */
import { tmpdir } from "node:os";
import { buildEvent, type ProtoEvent } from "@federation/events/build-event.ts";
import type { RoomEvent } from "@federation/events/room-event.ts";
import type { EventId, KeyId, RoomId, ServerName, UserId } from "@federation/identifiers/identifier-types.ts";
import { JsonListStream } from "@federation/json/json-list-stream.ts";
import { jsonObject } from "@federation/json/json-object.ts";
import type { PeerStreams } from "@federation/ports/peer-streams.ts";
import { roomVersions } from "@federation/room-versions/room-versions.ts";
import { createFileShelf } from "../../src/server/adapters/event-shelf-file/file-shelf.ts";
import { createRoomGraph } from "../../src/server/adapters/prisma/graph/room-graph.ts";
import { openDatabase } from "../../src/server/adapters/prisma/open-database.ts";
import { createReceiving } from "../../src/server/federation/public.ts";
import { bringStateBefore } from "../../src/server/federation/transactions/bring-state.ts";
import { importAnswer } from "../setup/import-answer.ts";
import { silentLog } from "../setup/silent-log.ts";
import { startTestPostgres } from "../setup/test-postgres.ts";
import { createTestRooms, testRoomSigner, testServerName } from "../setup/test-rooms.ts";

const megabytes = Number(process.argv[2]);
const server = "one.example" as ServerName;
const roomId = `!room:${server}` as RoomId;
const alice = `@alice:${server}` as UserId;
const version = roomVersions["11"];
// What signatures cost is not the question.
const signer = { serverName: server, keyId: "ed25519:auto" as KeyId, sign: () => new Uint8Array(64) };
const verifier = { verify: () => true };
const keys = {
	find: async () => ({
		keys: () => ({ kind: "current" as const, publicKey: new Uint8Array(32), validUntilTs: 1e15, receivedTs: 1e12 }),
		unreachable: new Set<never>(),
	}),
};

const build = (
	proto: Omit<ProtoEvent, "roomId">,
	prev: readonly RoomEvent[],
	auth: readonly RoomEvent[],
): RoomEvent => {
	const by = proto.sender.endsWith(server) ? signer : testRoomSigner;
	const authEvents = auth.map(({ eventId }) => eventId);
	const built = buildEvent(
		{ roomId, ...proto },
		{ version, signer: by, prevEvents: prev, authEvents, originServerTs: 1 },
	);
	if (built.kind === "refused") throw new Error(built.detail);
	return built.event;
};
const stateOf = (type: string, content: ProtoEvent["content"], stateKey = "") => ({
	...{ sender: (stateKey || alice) as UserId, type, stateKey, content },
});

const create = build(stateOf("m.room.create", { room_version: "11" }), [], []);
const owner = build(stateOf("m.room.member", { membership: "join" }, alice), [create], [create]);
const levels = build(stateOf("m.room.power_levels", { users: { [alice]: 100 } }), [owner], [create, owner]);
const rules = build(stateOf("m.room.join_rules", { join_rule: "public" }), [levels], [create, owner, levels]);
const basis = [create, owner, levels, rules];

/** People of the room, each an event of more than a kilobyte. They are made anew whenever they are asked for. */
function* people(): Generator<RoomEvent> {
	for (let at = 0, bytes = 0; bytes < megabytes * 1_048_576; at += 1) {
		const userId = `@person${at}:${server}` as UserId;
		const content = { membership: "join", displayname: `Person ${at}`, about: "ü".repeat(400) };
		const event = build(stateOf("m.room.member", content, userId), [rules], [create, levels, rules]);
		bytes += Buffer.byteLength(JSON.stringify(event.json));
		yield event;
	}
}

let peakBytes = 0;
const look = (): void => {
	peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
};

/** As a server would answer, in pieces. */
function* answer(uri: string): Generator<string> {
	const isIds = uri.includes("/state_ids/");
	yield isIds ? '{"auth_chain_ids":[],"pdu_ids":[' : '{"auth_chain":[],"pdus":[';
	let isFirst = true;
	for (const event of basis) {
		yield `${isFirst ? "" : ","}${JSON.stringify(isIds ? event.eventId : event.json)}`;
		isFirst = false;
	}
	for (const event of people()) yield `,${JSON.stringify(isIds ? event.eventId : event.json)}`;
	yield "]}";
}

const streams: PeerStreams = {
	requestLists: async (_, { uri, lists, maxEntries, maxAnswerBytes = 0 }, take) => {
		const stream = new JsonListStream(lists, { maxBytes: maxAnswerBytes, maxEntries, maxEntryBytes: 524_288 });
		let at = 0;
		for (const text of answer(uri)) {
			const reading = stream.push(Buffer.from(text));
			if (reading.kind === "refused") throw new Error(reading.reason);
			for (const { list, value } of reading.entries) await take(list, value);
			at += 1;
			if (at % 500 === 0) look();
		}
		const end = stream.end();
		return end.kind === "ok"
			? { kind: "answered", content: end.value }
			: { kind: "unreachable", reason: "malformedAnswer", detail: end.reason };
	},
};

const postgres = await startTestPostgres();
try {
	const database = await openDatabase({ ...postgres, poolSize: 4, log: silentLog });
	const { lane } = createTestRooms(database, "11");
	const graph = createRoomGraph(database.pool);
	const receiving = createReceiving({ lane, graph, keys, verifier, serverName: testServerName });
	const early = build(
		{ sender: alice, type: "m.room.message", content: { body: "Long ago" } },
		[rules],
		[create, owner, levels],
	);
	const guest = `@guest:${testServerName}` as UserId;
	const join = build(stateOf("m.room.member", { membership: "join" }, guest), [early], [create, levels, rules]);
	const json = basis.map((event) => event.json);
	const entered = await importAnswer(
		{ receiving, keys },
		{ roomId, version, event: join.json, state: json, authChain: [] },
		verifier,
	);
	if (entered.kind !== "stored" || entered.status !== "accepted") throw new Error(JSON.stringify(entered));
	const peers = { request: async () => ({ kind: "answered" as const, content: jsonObject() }) };
	const openShelf = () => createFileShelf(tmpdir());
	const bringing = { graph, receiving, peers, streams, openShelf };
	const stateBefore = await bringStateBefore(bringing, { server, roomId }, { eventId: early.eventId });
	if ("kind" in stateBefore) throw new Error(JSON.stringify(stateBefore));
	const received = await receiving.receive({ roomId, pdu: early.json, stateBefore, isHistory: true });
	look();
	const stored = (await graph.find([early.eventId as EventId])).get(early.eventId);
	const state = await graph.stateOf(stored?.stateGroupId ?? 0);
	const figures = {
		received: received.kind,
		events: stateBefore.length,
		inState: state.size,
		peakMegabytes: peakBytes / 1_048_576,
	};
	process.stdout.write(JSON.stringify(figures));
	await database.close();
} finally {
	await postgres.stop();
}
