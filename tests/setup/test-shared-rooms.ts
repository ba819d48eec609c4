import { authEventKeys } from "../../federation/authorization/select-auth-events.ts";
import { buildEvent, type ProtoEvent } from "../../federation/events/build-event.ts";
import type { RoomEvent } from "../../federation/events/room-event.ts";
import { stateMapKey } from "../../federation/events/state-key.ts";
import type { EventId, RoomId, UserId } from "../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../federation/identifiers/user-id.ts";
import type { JsonObject } from "../../federation/json/json-value.ts";
import type { RoomVersionId } from "../../federation/room-versions/room-version.ts";
import { testSigner } from "../../federation/testing/noble-signer.ts";
import { nodeVerifier } from "../../src/server/adapters/crypto-node/node-verifier.ts";
import { createRoomGraph } from "../../src/server/adapters/prisma/graph/room-graph.ts";
import type { Database } from "../../src/server/adapters/prisma/open-database.ts";
import { createReceiving, type Received } from "../../src/server/federation/public.ts";
import type { RoomGraph } from "../../src/server/rooms/public.ts";
import { createTestDatabase } from "./test-database.ts";
import { createTestRooms, type TestRooms, testServerName } from "./test-rooms.ts";

/** What somebody of another server does. */
export interface RemoteAct {
	readonly roomId: RoomId;
	readonly sender: UserId;
	readonly type: string;
	readonly stateKey?: string;
	readonly content: JsonObject;
	/** Where it stands; left out: on the ends of the room as this server knows them. */
	readonly prevEvents?: readonly { readonly eventId: EventId; readonly depth: number }[];
	/** What allows it; left out: what the present state has. */
	readonly authEvents?: readonly EventId[];
	readonly originServerTs?: number;
}

/** Rooms of this server, with people of others in them, whose servers are signers and nothing more. */
export interface TestSharedRooms extends TestRooms, AsyncDisposable {
	readonly database: Database;
	readonly graph: RoomGraph;
	/** Receives the event from the sender's server. Throws unless it is accepted. */
	act(act: RemoteAct): Promise<EventId>;
	/** The event, which nobody has received. */
	build(act: RemoteAct): Promise<RoomEvent>;
	/** Receives it; `stateBefore`: what its server says the state before it was, where that is not known here. */
	receive(event: RoomEvent, stateBefore?: readonly EventId[]): Promise<Received>;
	/** The same whatever becomes of it. */
	tryAct(act: RemoteAct): Promise<Received & { readonly builtId: EventId }>;
	join(roomId: RoomId, userId: UserId): Promise<EventId>;
	/** The room's ends. */
	ends(roomId: RoomId): Promise<readonly { readonly eventId: EventId; readonly depth: number }[]>;
}

export const createTestSharedRooms = async (versionId: RoomVersionId = "12"): Promise<TestSharedRooms> => {
	const test = await createTestDatabase();
	const { database } = test;
	const kith = createTestRooms(database, versionId);
	const graph = createRoomGraph(database.pool);
	const receiving = createReceiving({
		lane: kith.lane,
		graph,
		keys: {
			find: async () => ({
				keys: (server) => {
					const { publicKey } = testSigner(server);
					return { kind: "current", publicKey, validUntilTs: Number.MAX_SAFE_INTEGER, receivedTs: Date.now() };
				},
				unreachable: new Set(),
			}),
		},
		verifier: nodeVerifier,
		serverName: testServerName,
	});
	const ends = async (roomId: RoomId) => {
		const { rows } = await database.pool.query(
			`SELECT e.event_id AS "eventId", e.depth FROM rooms r JOIN forward_extremities x ON x.room_nid = r.nid
				JOIN events e ON e.nid = x.event_nid WHERE r.id = $1`,
			[roomId],
		);
		return rows as { eventId: EventId; depth: number }[];
	};
	const build = async (act: RemoteAct): Promise<RoomEvent> => {
		const room = await graph.room(act.roomId);
		if (room === undefined) throw new Error(`there is no room ${act.roomId}`);
		const { roomId, sender, type, stateKey, content } = act;
		const proto: ProtoEvent = { roomId, sender, type, content, ...(stateKey === undefined ? {} : { stateKey }) };
		const keys = authEventKeys({ ...proto, stateKey }, room.version).map(([kind, key]) => stateMapKey(kind, key));
		const state = await graph.currentState(roomId, keys);
		const built = buildEvent(proto, {
			version: room.version,
			signer: testSigner(userIdServer(sender)),
			prevEvents: act.prevEvents ?? (await ends(roomId)),
			authEvents: act.authEvents ?? [...state.values()].map(({ eventId }) => eventId),
			originServerTs: act.originServerTs ?? Date.now(),
		});
		if (built.kind === "refused") throw new Error(built.detail);
		return built.event;
	};
	const receive = ({ roomId, json: pdu }: RoomEvent, stateBefore?: readonly EventId[]) =>
		receiving.receive({ roomId, pdu, stateBefore });
	const tryAct = async (asked: RemoteAct) => {
		const event = await build(asked);
		return { ...(await receive(event)), builtId: event.eventId };
	};
	const act = async (asked: RemoteAct): Promise<EventId> => {
		const received = await tryAct(asked);
		if (received.kind !== "stored" || received.status !== "accepted") throw new Error(JSON.stringify(received));
		return received.builtId;
	};
	return {
		...kith,
		database,
		graph,
		act,
		build,
		receive,
		tryAct,
		ends,
		join: (roomId, userId) =>
			act({ roomId, sender: userId, type: "m.room.member", stateKey: userId, content: { membership: "join" } }),
		[Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
	};
};
