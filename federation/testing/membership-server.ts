/**
 * A server in memory that takes part in the membership handshakes: its rooms, its key, and its answers to others. Servers
 * of one network reach each other through the transport; a test may put itself in between.
 */
import { authorizeEvent } from "../authorization/authorize-event.ts";
import { authEventKeys } from "../authorization/select-auth-events.ts";
import { buildEvent, type ProtoEvent } from "../events/build-event.ts";
import { parseEvent } from "../events/parse-event.ts";
import type { RoomEvent, StateEvent } from "../events/room-event.ts";
import { stateMapKey } from "../events/state-key.ts";
import { checkReceivedEvent } from "../handshakes/check-received-event.ts";
import type { AnsweringPorts } from "../handshakes/membership/answering.ts";
import type { JoiningPorts } from "../handshakes/membership/ask-to-join.ts";
import type { EventId, RoomId, ServerName, UserId } from "../identifiers/identifier-types.ts";
import { userIdServer } from "../identifiers/user-id.ts";
import { encodeBase64 } from "../json/base64.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { PeerTransport } from "../ports/peer-transport.ts";
import type { ResidentRooms } from "../ports/resident-rooms.ts";
import type { ServerKeys } from "../ports/server-keys.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import type { RoomVersionId } from "../room-versions/room-version.ts";
import { roomVersions } from "../room-versions/room-versions.ts";
import { nobleVerifier } from "../signing/noble-verifier.ts";
import { serverName } from "./identifiers.ts";
import { inMemoryPorts } from "./in-memory-ports.ts";
import { InMemoryRoom } from "./in-memory-room.ts";
import { streamsOver } from "./list-streams.ts";
import { createMemoryShelf } from "./memory-shelf.ts";
import { testSigner } from "./noble-signer.ts";

/** The moment at which everything happens. */
export const testNow = 1_700_000_000_000;

/** Everybody's keys. */
export const testKeys: ServerKeys = {
	find: async () => ({
		unreachable: new Set(),
		keys: (server, keyId) =>
			keyId === "ed25519:auto"
				? {
						kind: "current",
						publicKey: testSigner(server).publicKey,
						validUntilTs: testNow + 86_400_000,
						receivedTs: testNow,
					}
				: undefined,
	}),
};

/** The content of a room's join rules, and the level that inviting takes. */
export type TestJoinRules = JsonObject & { readonly invite?: number };

const verdicts = new Map<string, boolean>();

/** Tests make the same events over and over: each signature is verified once. */
const rememberingVerifier: SignatureVerifier = {
	verify: (publicKey, message, signature) => {
		const key = [publicKey, message, signature].map((bytes) => encodeBase64(bytes)).join("|");
		const verdict = verdicts.get(key) ?? nobleVerifier.verify(publicKey, message, signature);
		verdicts.set(key, verdict);
		return verdict;
	},
};

/** A server of a test. */
export class MembershipServer {
	readonly name: ServerName;
	readonly signer: ReturnType<typeof testSigner>;
	readonly rooms = new Map<RoomId, InMemoryRoom>();
	readonly verifier = rememberingVerifier;
	#made = 0;

	constructor(name: string) {
		this.name = serverName(name);
		this.signer = testSigner(name);
	}

	/** What its answering sides stand on. */
	get answering(): AnsweringPorts {
		return { rooms: this.residentRooms, signer: this.signer, verifier: this.verifier };
	}

	/** What its asking sides stand on. */
	asking(transport: PeerTransport): JoiningPorts {
		const { signer, verifier } = this;
		return {
			transport,
			signer,
			keys: testKeys,
			verifier,
			streams: streamsOver(transport),
			openShelf: createMemoryShelf,
		};
	}

	/** Makes a room of the person with this join rule, where everybody may invite unless `invite` says from which level. */
	create(creator: UserId, versionId: RoomVersionId, { invite = 0, ...joinRules }: TestJoinRules): RoomId {
		const version = roomVersions[versionId];
		const room = new InMemoryRoom(version);
		const roomId = version.roomIdIsCreateHash ? undefined : (`!room${this.rooms.size}:${this.name}` as RoomId);
		const content = { room_version: versionId, ...(version.creatorIsSender ? {} : { creator }) };
		const create = this.#build(room, { roomId, type: "m.room.create", stateKey: "", sender: creator, content });
		room.add(create, "accepted");
		this.rooms.set(create.roomId, room);
		const state = (type: string, content: JsonObject, stateKey = "") =>
			this.send({ roomId: create.roomId, type, stateKey, sender: creator, content });
		state("m.room.member", { membership: "join" }, creator);
		const users = version.privilegedCreators ? {} : { [creator]: 100 };
		state("m.room.power_levels", { users, invite });
		state("m.room.join_rules", joinRules);
		return create.roomId;
	}

	/** Adds an event of the own people; throws where the rules refuse it. */
	send(proto: ProtoEvent & { readonly roomId: RoomId }): RoomEvent {
		const room = this.room(proto.roomId);
		const event = this.#build(room, proto);
		const decision = authorizeEvent(event, this.#authState(room), room.version);
		if (decision.kind === "refused") throw new Error(`${decision.rule}: ${decision.detail}`);
		room.add(event, "accepted");
		return event;
	}

	/** Makes an event without adding it. */
	propose(proto: ProtoEvent & { readonly roomId: RoomId }): RoomEvent {
		return this.#build(this.room(proto.roomId), proto);
	}

	/** A room that this server made. */
	room(roomId: RoomId): InMemoryRoom {
		const room = this.rooms.get(roomId);
		if (room === undefined) throw new Error(`${this.name} does not have ${roomId}`);
		return room;
	}

	/** The membership of a person as this server sees it. */
	membership(roomId: RoomId, userId: UserId): unknown {
		return this.#authState(this.room(roomId)).get("m.room.member", userId)?.content["membership"];
	}

	get residentRooms(): ResidentRooms {
		return {
			room: async (roomId) => {
				const room = this.rooms.get(roomId);
				if (room === undefined || this.#membersIn(room).length === 0) return undefined;
				const ends = room.extremities.map(({ eventId, depth }) => ({ eventId, depth }));
				return { roomId, version: room.version, ends, state: this.#authState(room) };
			},
			membersHere: async (roomId, limit) => {
				const members = this.#membersIn(this.room(roomId)) as UserId[];
				return members.filter((userId) => userIdServer(userId) === this.name).slice(0, limit);
			},
			admit: async (roomId, pdu) => {
				const room = this.room(roomId);
				const keys = (await testKeys.find([])).keys;
				const ports = inMemoryPorts(room, { keys, verifier: this.verifier });
				const checked = await checkReceivedEvent(pdu, { roomId, version: room.version }, ports);
				if (checked.kind === "incomplete") return { kind: "unknowable", detail: "incomplete" };
				if (checked.kind !== "accepted") return { kind: "refused", rule: checked.rule, detail: checked.detail };
				room.add(checked.event, "accepted");
				return { kind: "accepted" };
			},
			surroundings: async (event, { mayOmitMembers }) => {
				const room = this.room(event.roomId);
				const whole = [...room.stateBefore(event.eventId).values()].flatMap((id) => room.event(id) ?? []);
				const state = mayOmitMembers ? whole.filter(({ type }) => type !== "m.room.member") : whole;
				const chain = new Map<EventId, RoomEvent>();
				const pending = [...state, event].flatMap(({ authEvents }) => authEvents);
				for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
					const found = room.event(id);
					if (found === undefined || chain.has(id)) continue;
					chain.set(id, found);
					pending.push(...found.authEvents);
				}
				const areMembersOmitted = state.length < whole.length;
				return { areMembersOmitted, state: textsOf(state), authChain: textsOf([...chain.values()]) };
			},
			serversIn: async (roomId) => [
				...new Set(this.#membersIn(this.room(roomId)).map((userId) => userIdServer(userId as UserId))),
			],
		};
	}

	#membersIn(room: InMemoryRoom): string[] {
		return [...room.currentState()].flatMap(([key, id]) => {
			const event = room.event(id);
			const isJoined = key.startsWith("m.room.member\u0000") && event?.content["membership"] === "join";
			return isJoined && event?.stateKey !== undefined ? [event.stateKey] : [];
		});
	}

	#authState(room: InMemoryRoom) {
		const state = room.currentState();
		return {
			get: (type: string, stateKey: string): StateEvent | undefined => {
				const id = state.get(stateMapKey(type, stateKey));
				return id === undefined ? undefined : (room.event(id) as StateEvent | undefined);
			},
		};
	}

	#build(room: InMemoryRoom, proto: ProtoEvent): RoomEvent {
		const state = room.currentState();
		this.#made += 1;
		const built = buildEvent(proto, {
			version: room.version,
			signer: this.signer,
			prevEvents: room.extremities.map(({ eventId, depth }) => ({ eventId, depth })),
			authEvents: authEventKeys({ stateKey: undefined, ...proto }, room.version).flatMap(
				([type, key]) => state.get(stateMapKey(type, key)) ?? [],
			),
			originServerTs: testNow - 10_000 + this.#made,
		});
		if (built.kind === "refused") throw new Error(`${built.rule}: ${built.detail}`);
		const parsed = parseEvent(built.event.json, room.version);
		if (parsed.kind === "refused") throw new Error(parsed.detail);
		return parsed.event;
	}
}

async function* textsOf(events: readonly RoomEvent[]): AsyncGenerator<string> {
	for (const { json } of events) yield JSON.stringify(json);
}
