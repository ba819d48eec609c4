/**
 * What state resolution reads. It is synchronous: whoever holds a database asks `tryResolveState`, which says the events
 * that it lacked, loads them and asks again.
 */
import type { RoomEvent } from "../events/room-event.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import type { AuthChainIndex } from "./auth-chain-index.ts";

/** The events of one room, as far as they are at hand. */
export interface ResolutionSource {
	/** An event of the room: accepted, soft-failed or rejected alike. */
	event(id: EventId): RoomEvent | undefined;
	/** Whether the event was rejected; soft-failed events were not. */
	rejected(id: EventId): boolean;
	/** Holds every event of the states that are resolved, and their auth chains. */
	readonly authChains: AuthChainIndex;
}

/** Reads events for one resolution and remembers which were not at hand. */
export class EventLookup {
	readonly #source: ResolutionSource;
	readonly #missing = new Set<EventId>();
	/** Per chain, up to where its events have been wanted. */
	readonly #wantedUpTo = new Map<number, number>();

	constructor(source: ResolutionSource) {
		this.#source = source;
	}

	/** What was asked for and not there. A result built with a non-empty set is void. */
	get missing(): ReadonlySet<EventId> {
		return this.#missing;
	}

	get authChains(): AuthChainIndex {
		return this.#source.authChains;
	}

	/** The event; an absent one is noted as missing. */
	get(id: EventId): RoomEvent | undefined {
		const event = this.#source.event(id);
		if (event === undefined) this.#missing.add(id);
		return event;
	}

	/** The events that are at hand; absent ones are noted as missing. */
	getAll(ids: Iterable<EventId>): readonly RoomEvent[] {
		const events: RoomEvent[] = [];
		for (const id of ids) {
			const event = this.get(id);
			if (event !== undefined) events.push(event);
		}
		return events;
	}

	/** Notes those of the ids that are missing, before each is asked for, so that one load brings them all. */
	want(ids: Iterable<EventId>): void {
		for (const id of ids) if (this.#source.event(id) === undefined) this.#missing.add(id);
	}

	/** The same for an event and what came before it in its chain: the same piece of state on the same branch. */
	wantHistory(id: EventId): void {
		const at = this.authChains.position(id);
		if (at === undefined) return;
		const done = this.#wantedUpTo.get(at.chain) ?? 0;
		if (at.sequence <= done) return;
		this.want(this.authChains.eventsBetween(at.chain, done, at.sequence));
		this.#wantedUpTo.set(at.chain, at.sequence);
	}

	rejected(id: EventId): boolean {
		return this.#source.rejected(id);
	}
}
