import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import type { ServerName } from "../../federation/identifiers/identifier-types.ts";
import { whoseOpenIdToken } from "./accounts/public.ts";
import type { NodeSigner } from "./adapters/crypto-node/node-signer.ts";
import { nodeVerifier } from "./adapters/crypto-node/node-verifier.ts";
import { createFileShelf } from "./adapters/event-shelf-file/file-shelf.ts";
import { createAccountStore } from "./adapters/prisma/accounts/account-store.ts";
import { createAnsweringStore } from "./adapters/prisma/federation/answering-store.ts";
import { createArrivingStore } from "./adapters/prisma/federation/arriving-store.ts";
import { createHistoryStore } from "./adapters/prisma/federation/history-store.ts";
import { createMembershipStore } from "./adapters/prisma/federation/membership-store.ts";
import { createOutboxStore } from "./adapters/prisma/federation/outbox-store.ts";
import { createPostgresLeadership } from "./adapters/prisma/federation/postgres-leadership.ts";
import { createPresenceCircles } from "./adapters/prisma/federation/presence-circles.ts";
import { createServerKeyStore } from "./adapters/prisma/federation/server-key-store.ts";
import { createTransactionStore } from "./adapters/prisma/federation/transaction-store.ts";
import { createRoomGraph } from "./adapters/prisma/graph/room-graph.ts";
import { createKeyStore } from "./adapters/prisma/keys/key-store.ts";
import { createRemoteDeviceStore } from "./adapters/prisma/keys/remote-device-store.ts";
import { createToDeviceStore } from "./adapters/prisma/keys/to-device-store.ts";
import type { ContainerOptions } from "./container-options.ts";
import {
	createDeviceAnswering,
	createDeviceExchange,
	createEventExchange,
	createFederation,
	createMembership,
	createPaging,
	createPolicyServer,
	createReceiving,
	createServerKeys,
	type Federation,
	type FederationDependencies,
	type ServerRules,
} from "./federation/public.ts";
import type { Peers } from "./peers-container.ts";
import { kithVersion } from "./process/kith-version.ts";
import type { AppendLane, RoomDirectory } from "./rooms/public.ts";
import type { Bus, StreamStore } from "./stream/public.ts";
import type { Timeline } from "./timeline/public.ts";

/** What of this server's rooms speaking with others stands on. */
export interface FederationGround {
	readonly lane: AppendLane;
	readonly directory: RoomDirectory;
	readonly signer: NodeSigner;
	readonly media: FederationDependencies["media"];
	readonly peers: Peers;
	readonly bus: Bus;
	readonly streamStore: StreamStore;
	readonly timeline: Timeline;
	readonly clock: { now(): number };
	/** From 0 up to 1. */
	readonly random: () => number;
	/** Resolves after so many milliseconds. */
	readonly pause: (ms: number) => Promise<void>;
	readonly rules: ServerRules;
}

/** Puts speaking with other servers on its adapters: the part of the container that is federation's. */
export const buildFederation = (options: ContainerOptions, ground: FederationGround): Federation => {
	const { environment, secrets, database, log } = options;
	const { lane, directory, signer, media, peers, bus, streamStore, timeline, rules } = ground;
	const { clock, random, pause } = ground;
	const serverName = environment.serverName as ServerName;
	const { transport, selfLook } = peers;
	const keys = createServerKeys({
		own: { signer, publicKey: signer.publicKey, retired: secrets.retiredKeys },
		transport,
		store: createServerKeyStore(database.pool),
		notaries: environment.federation.notaries as readonly ServerName[],
		verifier: nodeVerifier,
		clock,
		random,
		log,
	});
	const graph = createRoomGraph(database.pool);
	const shared = { serverName, keys, verifier: nodeVerifier, clock };
	const memberships = createMembershipStore(database.pool);
	const { serversIn } = memberships;
	const policyServer = createPolicyServer({ peers: transport, verifier: nodeVerifier, serversIn, graph });
	const receiving = createReceiving({ ...shared, lane, graph, policyServer });
	const store = createAnsweringStore(database.pool);
	const transactions = createTransactionStore(database.pool);
	const openShelf = () => createFileShelf(tmpdir());
	const membership = createMembership({
		...{ ...shared, transport, streams: transport, openShelf, texts: store },
		...{ signer, lane, graph, directory, receiving, transactions },
		tellJoining: (news) => bus.publish({ kind: "joining", news }),
		announceArriving: () => bus.publish({ kind: "federation" }),
		memberships,
		invitationPolicy: rules.invitationPolicy,
		pause,
		log,
	});
	const devices = openDevices(options, ground);
	const exchange = createEventExchange({
		devices: devices.exchange,
		...{ ...shared, receiving, graph, lane, bus, log, stream: streamStore, peers: transport, gate: rules, random },
		...{ streams: transport, openShelf, arriving: createArrivingStore(database.pool) },
		transactions,
		outbox: createOutboxStore(database.pool),
		circles: createPresenceCircles(database.pool),
		isPresenceShared: rules.isPresenceShared,
		leadership: createPostgresLeadership({ pool: database.pool, log }),
		receiveFromOutside: membership.receiveFromOutside,
		untilJoined: membership.untilJoined,
		processId: randomBytes(9).toString("base64url"),
	});
	const paging = createPaging({
		...{ ...shared, receiving, graph, timeline, transactions, peers: transport, streams: transport, openShelf },
		history: createHistoryStore(database.pool),
	});
	return createFederation({
		...{ ...shared, exchange, signer, paging, media, membership, rules, devices, selfLook },
		isOn: environment.federation.isOn,
		delegate: environment.federationDelegate,
		software: { name: "Kith", version: kithVersion() },
		reading: { directory, graph, store },
		whoseOpenIdToken: (token) => whoseOpenIdToken({ store: createAccountStore(database), clock }, token),
	});
};

/** Devices of other servers' people, and what those servers are told of this one's. */
const openDevices = (
	{ environment, database, log }: ContainerOptions,
	{ peers, bus, clock, random, streamStore }: FederationGround,
) => {
	const ground = {
		...{ serverName: environment.serverName as ServerName, bus, clock },
		remoteDevices: createRemoteDeviceStore(database.pool),
		keyStore: createKeyStore(database.pool),
	};
	const exchange = createDeviceExchange({
		...{ ...ground, peers: peers.transport, verifier: nodeVerifier, random, log },
		toDevice: createToDeviceStore(database.pool),
		streamPosition: () => streamStore.position(),
	});
	return { exchange, answering: createDeviceAnswering(ground) };
};
