import { createHash, randomBytes } from "node:crypto";
import { authorizerWith } from "@federation/authorization/authorize-event.ts";
import type { KeyId, RoomId, ServerName } from "@federation/identifiers/identifier-types.ts";
import { encodeCanonicalJson } from "@federation/json/canonical-json.ts";
import type { PeerDownloads } from "@federation/ports/peer-downloads.ts";
import type { PeerTransport } from "@federation/ports/peer-transport.ts";
import type { RoomVersionId } from "@federation/room-versions/room-version.ts";
import { roomVersions } from "@federation/room-versions/room-versions.ts";
import { streamsOver } from "@federation/testing/list-streams.ts";
import { signRequest } from "@federation/transport/signed-request.ts";
import { createMemoryBus } from "../../../src/server/adapters/bus-memory/memory-bus.ts";
import { createNodeSigner, type NodeSigner } from "../../../src/server/adapters/crypto-node/node-signer.ts";
import { nodeVerifier } from "../../../src/server/adapters/crypto-node/node-verifier.ts";
import { readAnswer } from "../../../src/server/adapters/peer-http/read-answer.ts";
import { closedSelfLook } from "../../../src/server/adapters/peer-http/self-look.ts";
import { createAppendStore } from "../../../src/server/adapters/prisma/append/append-store.ts";
import type { Database } from "../../../src/server/adapters/prisma/open-database.ts";
import { createRoomDirectory } from "../../../src/server/adapters/prisma/rooms-directory.ts";
import { createStreamStore } from "../../../src/server/adapters/prisma/stream/stream-store.ts";
import { createTimelineStore } from "../../../src/server/adapters/prisma/timeline/timeline-store.ts";
import { createUnreadableCounts } from "../../../src/server/adapters/prisma/unreadable-counts.ts";
import type { Federation } from "../../../src/server/federation/public.ts";
import { buildFederation, type FederationGround } from "../../../src/server/federation-container.ts";
import { createMessages, type Messages } from "../../../src/server/messages/public.ts";
import {
	type AppendLane,
	createAppendLane,
	createHeadCache,
	createRooms,
	createWriteLimiter,
	type Rooms,
} from "../../../src/server/rooms/public.ts";
import type { Bus } from "../../../src/server/stream/public.ts";
import { createTimeline } from "../../../src/server/timeline/public.ts";
import { AppError } from "../../../src/shared/app-error.ts";
import type { Log } from "../../../src/shared/log.ts";
import { openPrivacy } from "../../../src/shared/wire/privacy-choices.ts";
import { testRules } from "../../setup/test-rules.ts";
import { answerWire } from "./answer-wire.ts";
import { createKeptLog, type KeptLog } from "./kept-log.ts";
import type { Host, SimulatedNetwork } from "./simulated-network.ts";
import { pause } from "./simulated-time.ts";
import type { SoakDatabase } from "./soak-databases.ts";

/** One process of a server, from its start to its end. */
export interface KithProcess extends Host {
	readonly rooms: Rooms;
	readonly messages: Messages;
	readonly federation: Federation;
	readonly lane: AppendLane;
	readonly bus: Bus;
	readonly database: Database;
}

/** A server of the simulation: its name, its disk, and the process that runs now. */
export interface SimulatedKith {
	readonly name: ServerName;
	readonly log: KeptLog;
	readonly disk: SoakDatabase;
	/** The process that runs. */
	now(): KithProcess;
	/** Ends the process as a signal would, and starts another. */
	restart(): Promise<void>;
	/** Ends the process in the middle of whatever it does, and starts another. */
	crash(): Promise<void>;
	stop(): Promise<void>;
}

export interface SimulatedKithOptions {
	readonly name: ServerName;
	readonly disk: SoakDatabase;
	readonly network: SimulatedNetwork;
	readonly versionId: RoomVersionId;
	readonly clock: { now(): number };
	readonly random: () => number;
}

/** Starts a server: everything it is made of is real but the network, the clock and chance. */
export const startSimulatedKith = async (options: SimulatedKithOptions): Promise<SimulatedKith> => {
	const { name, disk } = options;
	const log = createKeptLog();
	let process = await startProcess(options, log);
	return {
		name,
		log,
		disk,
		now: () => process,
		restart: async () => {
			await process.end();
			process = await startProcess(options, log);
		},
		crash: async () => {
			await process.cutOff();
			process = await startProcess(options, log);
		},
		stop: () => process.end(),
	};
};

type OwnedProcess = KithProcess & {
	end(): Promise<void>;
	cutOff(): Promise<void>;
};

const startProcess = async (options: SimulatedKithOptions, kept: KeptLog): Promise<OwnedProcess> => {
	const { name, disk, network, clock } = options;
	const signer = signerOf(name);
	const opened = await disk.open();
	const { database } = opened;
	const life = { isUp: true };
	const log: Log = kept.of(life);
	const bus = createMemoryBus();
	const lane = createAppendLane({
		store: createAppendStore(database.pool),
		heads: createHeadCache(),
		tools: { signer, authorize: authorizerWith(nodeVerifier), clock },
		onCommitted: ({ to, ...news }) => bus.publish({ kind: "stream", position: to, news }),
	});
	const host: Host = {
		name,
		get isUp() {
			return life.isUp;
		},
		answer: (request) => answerWire(areas.federation, log, request),
	};
	const areas = openAreas(options, { database, lane, bus, log, signer, transport: transportOf(host, signer, network) });
	let ending: Promise<void> | undefined;
	const end = async (): Promise<void> => {
		await areas.federation.exchange.stop();
		life.isUp = false;
		await lane.drain();
		await database.close();
	};
	network.attach(host);
	areas.federation.exchange.start();
	return {
		...areas,
		...{ name, lane, bus, database, answer: host.answer },
		get isUp() {
			return life.isUp;
		},
		// A process that was followed by none, for that one did not start, is ended once more with all the others.
		end: () => {
			ending ??= end();
			return ending;
		},
		cutOff: async () => {
			life.isUp = false;
			await opened.cutOff();
			// What still runs of it finds neither the network nor the database.
			void areas.federation.exchange.stop().catch(() => undefined);
		},
	};
};

const openAreas = (
	{ name, versionId, clock, random }: SimulatedKithOptions,
	ground: {
		readonly database: Database;
		readonly lane: AppendLane;
		readonly bus: Bus;
		readonly log: Log;
		readonly signer: NodeSigner;
		readonly transport: PeerTransport & PeerDownloads;
	},
): Pick<KithProcess, "rooms" | "messages" | "federation"> => {
	const { database, lane, bus, log, signer, transport } = ground;
	const directory = createRoomDirectory(database.pool);
	const streamStore = createStreamStore(database.pool);
	const privacyOf = async () => openPrivacy;
	const ways = { ...transport, ...streamsOver(transport) };
	const peers = { transport: ways, selfLook: closedSelfLook, close: () => undefined };
	const timeline = createTimeline({ store: createTimelineStore(database.pool), privacyOf });
	const media = { readOwn: () => Promise.reject(new AppError("not-found")) } as FederationGround["media"];
	const environment = {
		serverName: name,
		federation: { isOn: true, networks: [], notaries: [] },
		remoteInvites: "everyone",
	} as unknown as Parameters<typeof buildFederation>[0]["environment"];
	const secrets = { retiredKeys: [] } as unknown as Parameters<typeof buildFederation>[0]["secrets"];
	// Everybody speaks with everybody here.
	const rules = { ...testRules(name, { pool: database.pool, bus }), isAllowed: () => true };
	const federation = buildFederation(
		{ environment, database, connectionString: "", secrets, log },
		{ lane, directory, signer, media, peers, bus, streamStore, timeline, rules, clock, random, pause },
	);
	const limiter = createWriteLimiter(0, clock);
	const rooms = createRooms({
		...{ lane, directory, limiter, remote: federation.membership.remoteRooms, serverName: name },
		requireOwnPicture: async () => undefined,
		defaultVersion: roomVersions[versionId],
		randomRoomId: () => `!${randomBytes(9).toString("base64url")}:${name}` as RoomId,
	});
	return {
		federation,
		rooms,
		messages: createMessages({
			lane,
			limiter,
			privacyOf,
			clock,
			unreadableCounts: createUnreadableCounts(database.pool),
			fileIdOf: () => undefined,
		}),
	};
};

const signerOf = (name: ServerName): NodeSigner =>
	createNodeSigner(new Uint8Array(createHash("sha256").update(name).digest()), name, "ed25519:soak" as KeyId);

const transportOf = (from: Host, signer: NodeSigner, network: SimulatedNetwork): PeerTransport & PeerDownloads => ({
	request: async (destination, { method, uri, content }) => {
		const signed = { method, uri, ...(content === undefined ? {} : { content }) };
		const request = {
			...{ method, uri, authorization: signRequest({ ...signed, destination }, signer) },
			...(content === undefined ? {} : { body: encodeCanonicalJson(content) }),
		};
		return readAnswer(await network.carry(from, destination, request));
	},
	download: noFiles,
	fetchPublicly: noFiles,
});

const noFiles = async () => ({ kind: "unreachable", reason: "connection", detail: "there are no files" }) as const;
