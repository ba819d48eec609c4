/**
 * One room in memory as the algorithms see it: events with the state before and after each, the auth-chain index and the
 * forward extremities. States follow the definition of S(E) in Matrix v1.19, room version 2, "State resolution".
 */
import { isStateEvent } from "../authorization/auth-state.ts";
import type { RoomEvent } from "../events/room-event.ts";
import { type StateMap, stateMapKey } from "../events/state-key.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import type { EventStatus } from "../ports/event-store.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import { AuthChainIndex } from "../state-resolution/auth-chain-index.ts";
import type { ResolutionSource } from "../state-resolution/resolution-source.ts";
import { resolveState } from "../state-resolution/resolve-state.ts";

interface Entry {
	readonly event: RoomEvent;
	readonly status: EventStatus;
	readonly stateBefore: StateMap;
	readonly stateAfter: StateMap;
}

/** A store of one room's events with their states. Events are added after the events they name. */
export class InMemoryRoom implements ResolutionSource {
	readonly version: RoomVersion;
	readonly authChains = new AuthChainIndex();
	readonly #entries = new Map<EventId, Entry>();
	readonly #extremities = new Set<EventId>();
	readonly #statesAt = new Map<string, StateMap>();

	constructor(version: RoomVersion) {
		this.version = version;
	}

	event(id: EventId): RoomEvent | undefined {
		return this.#entries.get(id)?.event;
	}

	rejected(id: EventId): boolean {
		return this.status(id) === "rejected";
	}

	status(id: EventId): EventStatus | undefined {
		return this.#entries.get(id)?.status;
	}

	/** Every event in the order of arrival. */
	get events(): readonly RoomEvent[] {
		return [...this.#entries.values()].map(({ event }) => event);
	}

	/** The accepted events that no accepted event names in `prev_events`. */
	get extremities(): readonly RoomEvent[] {
		return [...this.#extremities].map((id) => this.#entry(id).event);
	}

	/** The state before an event that is stored. */
	stateBefore(id: EventId): StateMap {
		return this.#entry(id).stateBefore;
	}

	/** The state after an event that is stored: a rejected one changes nothing. */
	stateAfter(id: EventId): StateMap {
		return this.#entry(id).stateAfter;
	}

	/** The state that an event with these previous events would follow. */
	stateAt(prevEvents: readonly EventId[]): StateMap {
		const key = [...prevEvents].sort().join(" ");
		const known = this.#statesAt.get(key);
		if (known !== undefined) return known;
		const states = prevEvents.map((id) => this.stateAfter(id));
		const resolved = resolveState(states, this, this.version);
		this.#statesAt.set(key, resolved);
		return resolved;
	}

	/** The state of the room: resolved over all forward extremities. */
	currentState(): StateMap {
		return this.stateAt([...this.#extremities]);
	}

	/** Whether the event and all that it names are stored. */
	knows(ids: Iterable<EventId>): boolean {
		return [...ids].every((id) => this.#entries.has(id));
	}

	/** Stores an event with the status that its checks gave it. */
	add(event: RoomEvent, status: EventStatus): void {
		const stateBefore = this.stateAt(event.prevEvents);
		const stateAfter = new Map(stateBefore);
		if (isStateEvent(event) && status !== "rejected") {
			this.authChains.add(event);
			stateAfter.set(stateMapKey(event.type, event.stateKey), event.eventId);
		}
		this.#entries.set(event.eventId, { event, status, stateBefore, stateAfter });
		if (status !== "accepted") return;
		for (const id of event.prevEvents) this.#extremities.delete(id);
		this.#extremities.add(event.eventId);
	}

	#entry(id: EventId): Entry {
		const entry = this.#entries.get(id);
		if (entry === undefined) throw new Error(`not in the room: ${id}`);
		return entry;
	}
}
