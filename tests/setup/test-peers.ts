import type { RoomId, ServerName, UserId } from "../../federation/identifiers/identifier-types.ts";
import { jsonObject } from "../../federation/json/json-object.ts";
import type { JsonObject } from "../../federation/json/json-value.ts";
import { parseJson } from "../../federation/json/parse-json.ts";
import type { PeerAnswer, PeerRequest, PeerTransport } from "../../federation/ports/peer-transport.ts";
import type { ServerKeys } from "../../federation/ports/server-keys.ts";
import type { RoomVersionId } from "../../federation/room-versions/room-version.ts";
import { streamsOver } from "../../federation/testing/list-streams.ts";
import { createMemoryShelf } from "../../federation/testing/memory-shelf.ts";
import { testSigner } from "../../federation/testing/noble-signer.ts";
import { nodeVerifier } from "../../src/server/adapters/crypto-node/node-verifier.ts";
import { createAnsweringStore } from "../../src/server/adapters/prisma/federation/answering-store.ts";
import { createArrivingStore } from "../../src/server/adapters/prisma/federation/arriving-store.ts";
import { createMembershipStore } from "../../src/server/adapters/prisma/federation/membership-store.ts";
import { createTransactionStore } from "../../src/server/adapters/prisma/federation/transaction-store.ts";
import { createRoomGraph } from "../../src/server/adapters/prisma/graph/room-graph.ts";
import type { Database } from "../../src/server/adapters/prisma/open-database.ts";
import { createTimelineStore } from "../../src/server/adapters/prisma/timeline/timeline-store.ts";
import {
	askBeforeStoring,
	completeRoom,
	createAnswering,
	createMembership,
	createPolicyServer,
	createReceiving,
	type InvitationPolicy,
	type JoiningNews,
} from "../../src/server/federation/public.ts";
import { createRouteMatcher } from "../../src/server/matrix/match-route.ts";
import type { MatrixAnswer } from "../../src/server/matrix/matrix-route.ts";
import { matrixRoutes } from "../../src/server/matrix/routes.ts";
import type { RemoteRooms } from "../../src/server/rooms/public.ts";
import { createTimeline } from "../../src/server/timeline/public.ts";
import { openPrivacy } from "../../src/shared/wire/privacy-choices.ts";
import { silentLog } from "./silent-log.ts";
import { createTestDatabase } from "./test-database.ts";
import { createTestRooms } from "./test-rooms.ts";

const matchRoute = createRouteMatcher(matrixRoutes);
const yearMs = 365 * 24 * 60 * 60 * 1000;

/** Everybody's keys. */
const keys: ServerKeys = {
	find: async () => ({
		unreachable: new Set(),
		keys: (server, keyId) =>
			keyId !== "ed25519:auto"
				? undefined
				: {
						kind: "current",
						publicKey: testSigner(server).publicKey,
						validUntilTs: Date.now() + yearMs,
						receivedTs: Date.now(),
					},
	}),
};

/** What the wire makes of JSON. */
const overTheWire = (content: JsonObject): JsonObject => {
	const parsed = parseJson(JSON.stringify(content), { maxBytes: 1e8, maxKeys: 1e7 });
	if (parsed.kind === "refused") throw new Error(parsed.reason);
	return parsed.value as JsonObject;
};

/** A server of a network of tests: rooms and membership on a database of its own. */
export type TestPeer = Awaited<ReturnType<typeof createPeer>>;

interface Network {
	readonly peers: Map<string, TestPeer>;
	/** Servers that do not answer. */
	readonly down: Set<string>;
	/** How long somebody waited, in milliseconds: nobody really waits. */
	readonly pauses: number[];
	/** What servers were asked, by path. */
	readonly asked: string[];
	/** How far joins were said to have come. */
	readonly joining: JoiningNews[];
	/** What happens while somebody waits. */
	duringPause: () => Promise<void>;
	/** Answers who asks one of them to sign an event as a policy server. */
	signPolicy: (destination: ServerName, request: PeerRequest) => PeerAnswer;
}

/** Servers that ask each other's routes, without sockets. */
export const createTestPeers = async (
	names: readonly string[],
	options: { readonly versionId?: RoomVersionId; readonly invitationPolicy?: InvitationPolicy } = {},
) => {
	const network: Network = {
		peers: new Map(),
		...{ down: new Set(), pauses: [], asked: [], joining: [] },
		duringPause: async () => undefined,
		signPolicy: () => refused(404, "M_UNRECOGNIZED"),
	};
	for (const name of names) network.peers.set(name, await createPeer(network, name, options));
	return {
		down: network.down,
		network,
		peer: (name: string): TestPeer => {
			const peer = network.peers.get(name);
			if (peer === undefined) throw new Error(`no server ${name}`);
			return peer;
		},
		[Symbol.asyncDispose]: async () => {
			for (const peer of network.peers.values()) await peer.close();
		},
	};
};

const createPeer = async (network: Network, name: string, options: Parameters<typeof createTestPeers>[1] & object) => {
	const test = await createTestDatabase();
	const { database } = test;
	const open = () => openProcess(network, name, { database, ...options });
	return {
		...open(),
		/** Another process of the same server. */
		anotherProcess: open,
		close: () => test[Symbol.asyncDispose](),
	};
};

/** The areas on the server's database. */
const openProcess = (
	network: Network,
	name: string,
	{
		database,
		versionId = "12",
		invitationPolicy = "everyone",
	}: Parameters<typeof createTestPeers>[1] & { readonly database: Database },
) => {
	const signer = testSigner(name);
	const serverName = name as ServerName;
	const remote: { rooms: RemoteRooms | undefined } = { rooms: undefined };
	const remoteRooms = (): RemoteRooms => {
		if (remote.rooms === undefined) throw new Error("not made yet");
		return remote.rooms;
	};
	const transport: PeerTransport = {
		request: (destination, request) => ask(network, { origin: serverName, destination }, request),
	};
	const memberships = createMembershipStore(database.pool);
	const policy = { peers: transport, verifier: nodeVerifier, serversIn: memberships.serversIn };
	const kith = createTestRooms(database, versionId, {
		signer,
		aroundLane: (lane) => askBeforeStoring(lane, policy),
		remote: {
			serversIn: (roomId) => remoteRooms().serversIn(roomId),
			profileOf: (userId) => remoteRooms().profileOf(userId),
			invite: (input) => remoteRooms().invite(input),
			join: (input) => remoteRooms().join(input),
			joinRestricted: (input) => remoteRooms().joinRestricted(input),
			preview: (input) => remoteRooms().preview(input),
			findPublic: (query) => remoteRooms().findPublic(query),
			walkSpace: (query) => remoteRooms().walkSpace(query),
			knock: (input) => remoteRooms().knock(input),
			leave: (input) => remoteRooms().leave(input),
		},
	});
	const { lane, directory } = kith;
	const graph = createRoomGraph(database.pool);
	const policyServer = createPolicyServer({ ...policy, graph });
	const receiving = createReceiving({ lane, graph, keys, verifier: nodeVerifier, serverName, policyServer });
	const membership = createMembership({
		serverName,
		transport,
		streams: streamsOver(transport),
		openShelf: createMemoryShelf,
		texts: createAnsweringStore(database.pool),
		tellJoining: (news) => network.joining.push(news),
		announceArriving: () => undefined,
		signer,
		keys,
		verifier: nodeVerifier,
		lane,
		graph,
		directory,
		receiving,
		memberships,
		transactions: createTransactionStore(database.pool),
		invitationPolicy: () => invitationPolicy,
		clock: Date,
		pause: async (ms) => {
			network.pauses.push(ms);
			await network.duringPause();
		},
		log: silentLog,
	});
	const arriving = createArrivingStore(database.pool);
	const complete = (roomId: RoomId) =>
		completeRoom(
			{
				...{ lane, graph, receiving, verifier: nodeVerifier, serverName, peers: transport, arriving, log: silentLog },
				...{ streams: streamsOver(transport), openShelf: createMemoryShelf, clock: Date, random: () => 0.5 },
			},
			roomId,
		);
	remote.rooms = membership.remoteRooms;
	const takesNone = () => invitationPolicy === "nobody";
	const timeline = createTimeline({
		privacyOf: async () => openPrivacy,
		store: createTimelineStore(database.pool, takesNone),
	});
	return {
		...kith,
		name: serverName,
		database,
		graph,
		receiving,
		membership,
		timeline,
		signer,
		arriving,
		/** Brings what is missing of a room's members. */
		complete,
		/** What it answers about its rooms. */
		answering: createAnswering({
			serverName,
			clock: Date,
			directory,
			graph,
			store: createAnsweringStore(database.pool),
		}),
		/** The rows of the person's chat list. */
		listOf: async (userId: UserId) => (await timeline.roomList(userId, { limit: 50 })).items,
		/** The present memberships of a room, as stored. */
		members: (roomId: RoomId) => readMembers(database.pool, roomId),
	};
};

const readMembers = async (
	pool: { query(text: string, values: unknown[]): Promise<{ rows: { user_id: string; membership: string }[] }> },
	roomId: RoomId,
): Promise<Record<string, string>> => {
	const { rows } = await pool.query(
		"SELECT m.user_id, m.membership FROM memberships m JOIN rooms r ON r.nid = m.room_nid WHERE r.id = $1",
		[roomId],
	);
	return Object.fromEntries(rows.map((row) => [row.user_id, row.membership]));
};

const ask = async (
	{ peers, down, asked, signPolicy }: Network,
	ends: { readonly origin: ServerName; readonly destination: ServerName },
	request: PeerRequest,
): Promise<PeerAnswer> => {
	const peer = peers.get(ends.destination);
	if (peer === undefined) return { kind: "unreachable", reason: "name", detail: ends.destination };
	if (down.has(ends.destination)) return { kind: "unreachable", reason: "connection", detail: ends.destination };
	const url = new URL(request.uri, "https://peer.example");
	asked.push(url.pathname);
	if (url.pathname === "/_matrix/federation/v1/query/profile") return answerProfile(peer, url);
	if (url.pathname === "/_matrix/policy/v1/sign") return signPolicy(ends.destination, request);
	const match = matchRoute(request.method, url.pathname);
	if (match.kind !== "found") return refused(404, "M_UNRECOGNIZED");
	const { membership, answering } = peer;
	const answer: MatrixAnswer = await match.route.answer({ membership, answering } as never, {
		origin: ends.origin,
		params: match.params,
		query: url.searchParams,
		content: overTheWire(request.content ?? jsonObject()),
	});
	if (answer.kind === "refused") return { ...answer, retryAfterMs: undefined };
	if (answer.kind === "streamed") return { kind: "answered", content: await wholeOf(answer.pieces) };
	if (answer.kind !== "answered") throw new Error("a file, and no answer");
	return { kind: "answered", content: overTheWire(answer.content as JsonObject) };
};

const wholeOf = async (pieces: AsyncIterable<string>): Promise<JsonObject> => {
	let text = "";
	for await (const piece of pieces) text += piece;
	const parsed = parseJson(text, { maxBytes: 1e9, maxKeys: 1e7 });
	if (parsed.kind === "refused") throw new Error(parsed.reason);
	return parsed.value as JsonObject;
};

const answerProfile = async (peer: { directory: TestPeer["directory"] }, url: URL): Promise<PeerAnswer> => {
	const userId = url.searchParams.get("user_id") as UserId;
	const profile = (await peer.directory.profilesOf([userId])).get(userId);
	if (profile === undefined) return refused(404, "M_NOT_FOUND");
	return { kind: "answered", content: { displayname: profile.displayName } };
};

const refused = (status: number, errcode: string): PeerAnswer => ({
	kind: "refused",
	status,
	errcode,
	message: "",
	retryAfterMs: undefined,
});
