import { parseEvent } from "../../federation/events/parse-event.ts";
import type { EventId, RoomId, UserId } from "../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../federation/json/json-value.ts";
import { runHistory, type SimulatedHistory } from "../../federation/testing/simulated-history.ts";
import type { SimulatedWorld } from "../../federation/testing/simulated-server.ts";
import { nodeVerifier } from "../../src/server/adapters/crypto-node/node-verifier.ts";
import { createRoomGraph } from "../../src/server/adapters/prisma/graph/room-graph.ts";
import type { Database } from "../../src/server/adapters/prisma/open-database.ts";
import { createTimelineStore } from "../../src/server/adapters/prisma/timeline/timeline-store.ts";
import { createReceiving, type Received, type Receiving } from "../../src/server/federation/public.ts";
import type { RoomGraph } from "../../src/server/rooms/public.ts";
import { createTimeline, type Timeline } from "../../src/server/timeline/public.ts";
import { openPrivacy } from "../../src/shared/wire/privacy-choices.ts";
import { simulatedSigners } from "../simulation/simulated-signers.ts";
import { importAnswer } from "./import-answer.ts";
import { createTestDatabase } from "./test-database.ts";
import { createTestRooms, type TestRooms, testRoomSigner, testServerName } from "./test-rooms.ts";

/** The person of this server in a simulated room, who is never acted on and never leaves. */
export const localAnchor = `@anchor:${testServerName}` as UserId;

export interface TestReceiving extends AsyncDisposable, TestRooms {
	readonly database: Database;
	readonly graph: RoomGraph;
	readonly receiving: Receiving;
	readonly timeline: Timeline;
	/** Begins the simulated room with an event and the state before it. */
	open(event: JsonObject, state?: readonly JsonObject[], authChain?: readonly JsonObject[]): Promise<Received>;
	/** Receives PDUs in this order; those that lack others wait for them, as a real server would let them. */
	hear(pdus: readonly JsonObject[]): Promise<void>;
	/** PDUs that still wait. */
	waiting(): number;
}

/** A room's life over three other servers and this one; this one's events are signed with its real key. */
export const simulateWithUs = (seed: number, versionId: "11" | "12"): Promise<SimulatedHistory> =>
	runHistory({
		seed,
		versionId,
		signers: [...simulatedSigners(["one", "two", "three"]), testRoomSigner],
		verifier: nodeVerifier,
	});

/** This server's database and areas, as a participant of a simulated room. */
export const createTestReceiving = async (world: SimulatedWorld): Promise<TestReceiving> => {
	const test = await createTestDatabase();
	const { database } = test;
	// The simulation lives in another year, and its keys do not last until now.
	const clock = { now: () => 1_700_000_100_000 };
	const kith = createTestRooms(database, world.version.id, { clock });
	const graph = createRoomGraph(database.pool);
	const keys = { find: async () => ({ keys: world.keys, unreachable: new Set<never>() }) };
	const receiving = createReceiving({
		lane: kith.lane,
		graph,
		keys,
		verifier: nodeVerifier,
		serverName: testServerName,
	});
	const roomId = world.roomId as RoomId;
	const waiting: JsonObject[] = [];
	const known = new Set<EventId>();
	const receive = async (pdu: JsonObject): Promise<void> => {
		const received = await receiving.receive({ roomId, pdu });
		if (received.kind === "incomplete") waiting.push(pdu);
		else if (received.kind === "stored") known.add(received.eventId);
		else if (received.kind !== "known") throw new Error(JSON.stringify(received));
	};
	const takeReady = (): JsonObject | undefined => {
		const at = waiting.findIndex((pdu) => namedBy(pdu, world).every((id) => known.has(id)));
		return at === -1 ? undefined : waiting.splice(at, 1)[0];
	};
	return {
		...kith,
		database,
		graph,
		receiving,
		timeline: createTimeline({ privacyOf: async () => openPrivacy, store: createTimelineStore(database.pool) }),
		open: async (event, state = [], authChain = []) => {
			const { version } = world;
			const received = await importAnswer({ receiving, keys }, { roomId, version, event, state, authChain });
			if (received.kind === "stored") known.add(received.eventId);
			return received;
		},
		hear: async (pdus) => {
			for (const pdu of pdus) {
				await receive(pdu);
				for (let ready = takeReady(); ready !== undefined; ready = takeReady()) await receive(ready);
			}
		},
		waiting: () => waiting.length,
		[Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
	};
};

const namedBy = (pdu: JsonObject, { version }: SimulatedWorld): readonly EventId[] => {
	const parsed = parseEvent(pdu, version);
	return parsed.kind === "ok" ? [...parsed.event.prevEvents, ...parsed.event.authEvents] : [];
};
