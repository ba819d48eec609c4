import { createHash, randomBytes } from "node:crypto";
import { authEventKeys } from "../../federation/authorization/select-auth-events.ts";
import { buildEvent, type ProtoEvent } from "../../federation/events/build-event.ts";
import type { RoomEvent } from "../../federation/events/room-event.ts";
import { stateMapKey } from "../../federation/events/state-key.ts";
import type { EventId, KeyId, RoomId, ServerName, UserId } from "../../federation/identifiers/identifier-types.ts";
import { jsonObject } from "../../federation/json/json-object.ts";
import type { JsonObject } from "../../federation/json/json-value.ts";
import type { PeerAnswer, PeerRequest, PeerTransport } from "../../federation/ports/peer-transport.ts";
import type { ServerKeys } from "../../federation/ports/server-keys.ts";
import type { RoomVersionId } from "../../federation/room-versions/room-version.ts";
import { streamsOver } from "../../federation/testing/list-streams.ts";
import { createMemoryShelf } from "../../federation/testing/memory-shelf.ts";
import { createMemoryBus } from "../../src/server/adapters/bus-memory/memory-bus.ts";
import { createNodeSigner } from "../../src/server/adapters/crypto-node/node-signer.ts";
import { nodeVerifier } from "../../src/server/adapters/crypto-node/node-verifier.ts";
import { createArrivingStore } from "../../src/server/adapters/prisma/federation/arriving-store.ts";
import { createOutboxStore } from "../../src/server/adapters/prisma/federation/outbox-store.ts";
import { createPostgresLeadership } from "../../src/server/adapters/prisma/federation/postgres-leadership.ts";
import { createPresenceCircles } from "../../src/server/adapters/prisma/federation/presence-circles.ts";
import { createTransactionStore } from "../../src/server/adapters/prisma/federation/transaction-store.ts";
import { createRoomGraph } from "../../src/server/adapters/prisma/graph/room-graph.ts";
import { createKeyStore } from "../../src/server/adapters/prisma/keys/key-store.ts";
import { createRemoteDeviceStore } from "../../src/server/adapters/prisma/keys/remote-device-store.ts";
import { createToDeviceStore } from "../../src/server/adapters/prisma/keys/to-device-store.ts";
import type { Database } from "../../src/server/adapters/prisma/open-database.ts";
import { createStreamStore } from "../../src/server/adapters/prisma/stream/stream-store.ts";
import {
	createDeviceAnswering,
	createDeviceExchange,
	createEventExchange,
	createReceiving,
	type Receiving,
	type ServerRules,
} from "../../src/server/federation/public.ts";
import type { RemoteKeys } from "../../src/server/keys/public.ts";
import type { Committed, RoomGraph } from "../../src/server/rooms/public.ts";
import type { Bus } from "../../src/server/stream/public.ts";
import type { Log } from "../../src/shared/log.ts";
import { answerAboutDevices } from "./answer-about-devices.ts";
import { answerFromGraph } from "./answer-from-graph.ts";
import { importAnswer } from "./import-answer.ts";
import { silentLog } from "./silent-log.ts";
import { createTestDatabase } from "./test-database.ts";
import { createTestRooms, type TestRooms } from "./test-rooms.ts";
import { testRules } from "./test-rules.ts";

/** Servers that reach each other without a network. */
export interface TestNetwork {
	/** What each server is asked, and by whom. */
	readonly requests: { readonly from: ServerName; readonly to: ServerName; readonly request: PeerRequest }[];
	/** Servers that do not answer. */
	readonly down: Set<ServerName>;
	/** Answers for a server that is none of the tests' own. */
	readonly handlers: Map<ServerName, (from: ServerName, request: PeerRequest) => Promise<PeerAnswer>>;
	readonly signers: Map<ServerName, ReturnType<typeof createNodeSigner>>;
}

export const createTestNetwork = (): TestNetwork => ({
	requests: [],
	down: new Set(),
	handlers: new Map(),
	signers: new Map(),
});

/** A signer whose key everybody in the network knows. */
export const signerOf = (network: TestNetwork, name: string): ReturnType<typeof createNodeSigner> => {
	const serverName = name as ServerName;
	const seed = new Uint8Array(createHash("sha256").update(name).digest());
	const signer = network.signers.get(serverName) ?? createNodeSigner(seed, serverName, "ed25519:1" as KeyId);
	network.signers.set(serverName, signer);
	return signer;
};

export interface TestServer extends TestRooms, AsyncDisposable {
	readonly name: ServerName;
	readonly database: Database;
	readonly connectionString: string;
	readonly bus: Bus;
	readonly graph: RoomGraph;
	readonly receiving: Receiving;
	readonly keys: ServerKeys;
	readonly exchange: ReturnType<typeof createEventExchange>;
	readonly remoteKeys: RemoteKeys;
	readonly rules: ServerRules;
	/** Another process of the same server. */
	anotherProcess(log?: Log): { readonly exchange: ReturnType<typeof createEventExchange>; readonly bus: Bus };
	/** Lets a person of this server join a room of the other one, as the handshake would. */
	join(userId: UserId, roomId: RoomId, through: Through): Promise<void>;
	/** An event of this server's making on top of the other server's room, that nobody has received. */
	build(proto: Omit<ProtoEvent, "roomId">, roomId: RoomId, options?: BuildOptions): Promise<RoomEvent>;
	rows<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** The way into a room. */
export interface Through {
	readonly resident: TestServer;
	/** The other server leaves its members out; this one learns of them later, if it is given them. */
	readonly isWithoutMembers?: boolean;
	/** Done when the other server has said what the join comes after, and was not handed it yet. */
	readonly before?: () => Promise<void>;
	/** Done when the other server has let the person in, and this one does not have the room yet. */
	readonly meanwhile?: () => Promise<void>;
}

export interface BuildOptions {
	/** Whose view of the room it is built on; by default this server's. */
	readonly on?: TestServer;
	/** By default this server signs. */
	readonly signedAs?: string;
	readonly prevEvents?: readonly { readonly eventId: EventId; readonly depth: number }[];
}

export interface TestServerOptions {
	readonly network: TestNetwork;
	readonly versionId?: RoomVersionId;
	readonly clock?: { now(): number };
	readonly log?: Log;
	/** Resolves when no join of these rooms is under way. */
	readonly untilJoined?: (roomIds: readonly RoomId[] | "all") => Promise<unknown>;
	/** True: it sends nothing and checks nothing before `exchange.start`. */
	readonly isStopped?: boolean;
}

/** One Kith with a database of its own, as others meet it. */
export const createTestServer = async (name: string, options: TestServerOptions): Promise<TestServer> => {
	const { network, clock = Date, log = silentLog } = options;
	const signer = signerOf(network, name);
	const test = await createTestDatabase();
	const { database } = test;
	const graph = createRoomGraph(database.pool);
	const bus = createMemoryBus();
	const onCommitted = ({ to, ...news }: Committed) => bus.publish({ kind: "stream", position: to, news });
	const rooms = createTestRooms(database, options.versionId ?? "12", { signer, clock, onCommitted });
	const keys = keysOf(network);
	const receiving = createReceiving({
		...{ lane: rooms.lane, graph, keys, verifier: nodeVerifier, serverName: signer.serverName },
	});
	const peers = peersOf(network, signer.serverName);
	const exchanges: { stop(): Promise<void> }[] = [];
	const rules = testRules(signer.serverName, { pool: database.pool, bus });
	await rules.load();
	const ground = {
		...{ serverName: signer.serverName, clock, keyStore: createKeyStore(database.pool) },
		remoteDevices: createRemoteDeviceStore(database.pool),
	};
	const devicesOn = (processBus: Bus, processLog: Log) =>
		createDeviceExchange({
			...{ ...ground, peers, verifier: nodeVerifier, random: () => 0.5, bus: processBus, log: processLog },
			toDevice: createToDeviceStore(database.pool),
			streamPosition: () => createStreamStore(database.pool).position(),
		});
	const deviceAnswers = createDeviceAnswering({ ...ground, bus });
	const process = (processBus: Bus, processLog: Log) => {
		const exchange = createEventExchange({
			devices: devicesOn(processBus, processLog),
			...{ serverName: signer.serverName, receiving, graph, lane: rooms.lane, bus: processBus, clock, log: processLog },
			stream: createStreamStore(database.pool),
			transactions: createTransactionStore(database.pool),
			outbox: createOutboxStore(database.pool),
			leadership: createPostgresLeadership({ pool: database.pool, log: processLog, retryMs: 50 }),
			gate: rules,
			circles: createPresenceCircles(database.pool),
			...{ isPresenceShared: rules.isPresenceShared, presenceRestMs: 50 },
			...{ keys, verifier: nodeVerifier, arriving: createArrivingStore(database.pool) },
			...{ peers, streams: streamsOver(peers), openShelf: createMemoryShelf },
			...(options.untilJoined === undefined ? {} : { untilJoined: options.untilJoined }),
			random: () => 0.5,
			processId: randomBytes(6).toString("hex"),
		});
		exchanges.push(exchange);
		return exchange;
	};
	const exchange = process(bus, log);
	const answers = answerFromGraph(graph);
	network.handlers.set(signer.serverName, async (from, request) => {
		const txnId = /\/send\/([^/]+)$/.exec(request.uri)?.[1];
		const { content = jsonObject() } = request;
		const aboutDevices = await answerAboutDevices(deviceAnswers, from, request);
		if (aboutDevices !== undefined) return aboutDevices;
		if (txnId === undefined) return answers(request);
		const answer = await exchange.receiveTransaction({ origin: from, txnId: decodeURIComponent(txnId), content });
		return answer.kind === "answered" ? answer : { ...answer, retryAfterMs: undefined };
	});
	if (options.isStopped !== true) exchange.start();
	const self: TestServer = {
		...rooms,
		...{
			name: signer.serverName,
			database,
			connectionString: test.connectionString,
			bus,
			graph,
			receiving,
			exchange,
			remoteKeys: devicesOn(bus, log).remoteKeys,
			rules,
			keys,
		},
		anotherProcess: (processLog = log) => {
			const processBus = createMemoryBus();
			return { exchange: process(processBus, processLog), bus: processBus };
		},
		join: (userId, roomId, through) => joinRoom(self, { userId, roomId, ...through }),
		build: (proto, roomId, { on = self, signedAs = signer.serverName, ...built } = {}) =>
			buildOn(on, { proto, roomId, signer: signerOf(network, signedAs), ...built }),
		rows: async (text, values = []) => (await database.pool.query(text, [...values])).rows,
		[Symbol.asyncDispose]: async () => {
			for (const each of exchanges) await each.stop();
			await rooms.lane.drain();
			await test[Symbol.asyncDispose]();
		},
	};
	return self;
};

const keysOf = (network: TestNetwork) => ({
	find: async () => ({
		keys: (server: ServerName, keyId: KeyId) => {
			const signer = network.signers.get(server);
			if (signer === undefined || signer.keyId !== keyId) return undefined;
			const { publicKey } = signer;
			return { kind: "current" as const, publicKey, validUntilTs: Number.MAX_SAFE_INTEGER, receivedTs: Date.now() };
		},
		unreachable: new Set<ServerName>(),
	}),
});

const peersOf = (network: TestNetwork, from: ServerName): PeerTransport => ({
	request: async (to, request) => {
		const handler = network.handlers.get(to);
		if (handler === undefined || network.down.has(to) || network.down.has(from)) {
			return { kind: "unreachable", reason: "connection", detail: "nobody answers" };
		}
		network.requests.push({ from, to, request });
		return handler(from, request);
	},
});

const joinRoom = async (
	server: TestServer,
	entering: Through & { readonly userId: UserId; readonly roomId: RoomId },
): Promise<void> => {
	const { userId, roomId, resident, before, meanwhile, isWithoutMembers = false } = entering;
	const proto = { sender: userId, stateKey: userId, type: "m.room.member", content: { membership: "join" } };
	const version = (await resident.graph.room(roomId))?.version;
	if (version === undefined) throw new Error("the other server does not have the room");
	const state = await resident.graph.currentState(roomId);
	const event = await server.build(proto, roomId, { on: resident });
	const stateEvents = await resident.graph.find([...state.values()].map(({ eventId }) => eventId));
	const chain = await resident.graph.find([...stateEvents.values()].flatMap((stored) => stored.event.authEvents));
	await before?.();
	const accepted = await resident.receiving.receive({ roomId, pdu: event.json, handedBy: server.name });
	if (accepted.kind !== "stored" || accepted.status !== "accepted") throw new Error(JSON.stringify(accepted));
	await meanwhile?.();
	const json = (found: typeof stateEvents): JsonObject[] => [...found.values()].map((stored) => stored.event.json);
	const given = json(stateEvents).filter(({ type }) => !isWithoutMembers || type !== "m.room.member");
	const arriving = isWithoutMembers ? { arriving: [resident.name] } : {};
	const answer = { roomId, version, event: event.json, state: given, authChain: json(chain), ...arriving };
	const imported = await importAnswer(server, answer);
	if (imported.kind !== "stored") throw new Error(JSON.stringify(imported));
};

const buildOn = async (
	server: TestServer,
	{
		proto,
		roomId,
		signer,
		prevEvents,
	}: BuildOptions & {
		readonly proto: Omit<ProtoEvent, "roomId">;
		readonly roomId: RoomId;
		readonly signer: ReturnType<typeof createNodeSigner>;
	},
): Promise<RoomEvent> => {
	const room = await server.graph.room(roomId);
	if (room === undefined) throw new Error("the server does not have the room");
	const state = await server.graph.currentState(roomId);
	const ends = await server.rows<{ eventId: EventId; depth: number }>(
		`SELECT e.event_id AS "eventId", e.depth FROM forward_extremities x JOIN events e ON e.nid = x.event_nid
			WHERE x.room_nid = $1 ORDER BY e.nid DESC LIMIT 20`,
		[room.nid],
	);
	const keys = authEventKeys({ stateKey: undefined, ...proto }, room.version);
	const built = buildEvent(
		{ ...proto, roomId },
		{
			...{ version: room.version, signer, originServerTs: Date.now(), prevEvents: prevEvents ?? ends },
			authEvents: keys.flatMap(([type, stateKey]) => state.get(stateMapKey(type, stateKey))?.eventId ?? []),
		},
	);
	if (built.kind === "refused") throw new Error(`${built.rule}: ${built.detail}`);
	return built.event;
};
