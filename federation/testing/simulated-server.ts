/**
 * One server of a simulated room. It makes real signed events, runs the real checks on what it receives, keeps what it
 * cannot judge yet until the missing events come, and stores the rest in memory.
 */
import { authorizeEvent } from "../authorization/authorize-event.ts";
import { authEventKeys } from "../authorization/select-auth-events.ts";
import { buildEvent, type ProtoEvent } from "../events/build-event.ts";
import type { RoomEvent, StateEvent } from "../events/room-event.ts";
import { type StateMap, stateMapKey } from "../events/state-key.ts";
import { checkReceivedEvent } from "../handshakes/check-received-event.ts";
import type { ReceivedEvent, ReceivingPorts } from "../handshakes/received-event.ts";
import type { EventId, RoomId, ServerName } from "../identifiers/identifier-types.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import type { Signer } from "../ports/signer.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import type { KeyLookup } from "../signing/key-validity.ts";
import { inMemoryPorts } from "./in-memory-ports.ts";
import { InMemoryRoom } from "./in-memory-room.ts";

/** What all servers of a simulation share. */
export interface SimulatedWorld {
	readonly version: RoomVersion;
	readonly verifier: SignatureVerifier;
	readonly keys: KeyLookup;
	/** Known once the room is created. */
	roomId: RoomId | undefined;
}

/** An event to make: `prevEvents` other than the newest, or `isUnchecked`, make the server a rogue. */
export interface Act {
	readonly proto: Omit<ProtoEvent, "roomId">;
	readonly originServerTs: number;
	readonly prevEvents?: readonly EventId[];
	readonly isUnchecked?: boolean;
}

/** A server with its view of the room. */
export class SimulatedServer {
	readonly name: ServerName;
	readonly room: InMemoryRoom;
	/** How often each outcome was met. */
	readonly outcomes = new Map<ReceivedEvent["kind"] | "redacted", number>();
	readonly #signer: Signer;
	readonly #world: SimulatedWorld;
	readonly #ports: ReceivingPorts;
	#waiting: { readonly pdu: JsonObject; readonly event: RoomEvent }[] = [];

	constructor(signer: Signer, world: SimulatedWorld) {
		this.name = signer.serverName;
		this.#signer = signer;
		this.#world = world;
		this.room = new InMemoryRoom(world.version);
		this.#ports = inMemoryPorts(this.room, world);
	}

	/** Makes and stores an event; `undefined` when the rules forbid it and the act is not unchecked. */
	async send(act: Act): Promise<RoomEvent | undefined> {
		const { version, roomId } = this.#world;
		const prevEvents = (act.prevEvents ?? this.room.extremities.map(({ eventId }) => eventId)).slice(-20);
		const state = this.room.stateAt(prevEvents);
		const built = buildEvent(
			{ ...act.proto, roomId: act.proto.type === "m.room.create" && version.roomIdIsCreateHash ? undefined : roomId },
			{
				version,
				signer: this.#signer,
				prevEvents: prevEvents.map((eventId) => ({ eventId, depth: this.room.event(eventId)?.depth ?? 0 })),
				authEvents: selectAuthEvents(act.proto, state, version),
				originServerTs: act.originServerTs,
			},
		);
		if (built.kind === "refused") throw new Error(`${built.rule}: ${built.detail}`);
		const decision = authorizeEvent(built.event, this.#lookupIn(state), version);
		if (decision.kind === "refused" && act.isUnchecked !== true) return undefined;
		this.#world.roomId ??= built.event.roomId;
		await this.receive(built.event.json);
		return built.event;
	}

	/** Checks and stores a PDU, and those that waited for it. */
	async receive(pdu: JsonObject): Promise<void> {
		await this.#judge(pdu);
		for (let ready = this.#takeReady(); ready !== undefined; ready = this.#takeReady()) await this.#judge(ready);
	}

	/** How many PDUs wait for others. */
	get waiting(): number {
		return this.#waiting.length;
	}

	async #judge(pdu: JsonObject): Promise<void> {
		const { roomId, version } = this.#world;
		if (roomId === undefined) throw new Error("the room is not created yet");
		const outcome = await checkReceivedEvent(pdu, { roomId, version }, this.#ports);
		if (outcome.kind !== "dropped" && this.room.knows([outcome.event.eventId])) return;
		this.#count(outcome.kind);
		if (outcome.kind === "dropped") return;
		// What its auth events refuse is rejected before the state is looked at, but an event is stored with its state.
		if (outcome.kind === "incomplete" || !this.room.knows(outcome.event.prevEvents)) {
			this.#waiting.push({ pdu, event: outcome.event });
			return;
		}
		if (outcome.isRedacted) this.#count("redacted");
		this.room.add(outcome.event, outcome.kind);
	}

	#takeReady(): JsonObject | undefined {
		const at = this.#waiting.findIndex(({ event }) => this.room.knows([...event.prevEvents, ...event.authEvents]));
		return at === -1 ? undefined : this.#waiting.splice(at, 1)[0]?.pdu;
	}

	#lookupIn(state: StateMap) {
		return {
			get: (type: string, stateKey: string): StateEvent | undefined => {
				const id = state.get(stateMapKey(type, stateKey));
				return id === undefined ? undefined : (this.room.event(id) as StateEvent | undefined);
			},
		};
	}

	#count(outcome: ReceivedEvent["kind"] | "redacted"): void {
		this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
	}
}

const selectAuthEvents = (proto: Act["proto"], state: StateMap, version: RoomVersion): readonly EventId[] =>
	authEventKeys({ stateKey: undefined, ...proto }, version).flatMap(
		([type, stateKey]) => state.get(stateMapKey(type, stateKey)) ?? [],
	);
