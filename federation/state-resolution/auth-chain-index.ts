/**
 * The chain cover of a room's auth graph. Every state event has a position (chain, sequence); an event reaches every
 * earlier position of its own chain, and what links lead to. So the whole auth chain of a state is one number per
 * chain, and the difference of two states is found without walking their history. All events of a chain set the same
 * piece of state: a chain is that piece's history along one branch. The index only grows, and each addition says which
 * rows it made, so a store can keep it. Why here: Matrix v1.19, room version 2, "State resolution", "Auth chain".
 */
import type { RoomEvent } from "../events/room-event.ts";
import type { StateMapKey } from "../events/state-key.ts";
import { stateMapKey } from "../events/state-key.ts";
import type { EventId } from "../identifiers/identifier-types.ts";

/** Where an event stands in the cover; sequences begin at 1. */
export interface ChainPosition {
	readonly chain: number;
	readonly sequence: number;
}

/** A stored position. `key` is the same for all events of a chain; a store may derive it from the event's columns. */
export interface ChainRow extends ChainPosition {
	readonly eventId: EventId;
	readonly key: StateMapKey;
}

/** The event at (`fromChain`, `fromSequence`) reaches every event of `toChain` up to `toSequence`. */
export interface ChainLink {
	readonly fromChain: number;
	readonly fromSequence: number;
	readonly toChain: number;
	readonly toSequence: number;
}

/** What an `add` made: nothing when the event was known. */
export interface ChainAddition {
	readonly row: ChainRow | undefined;
	readonly links: readonly ChainLink[];
}

/** A set of events closed under `auth_events`: for each chain the highest sequence that belongs to it. */
export type ChainReach = ReadonlyMap<number, number>;

/** The parts of an event that the index reads. */
export type IndexedEvent = Pick<RoomEvent, "eventId" | "authEvents" | "type" | "stateKey">;

interface Chain {
	readonly key: StateMapKey;
	readonly events: EventId[];
	/** Ascending by `fromSequence`: a chain grows only at its end. */
	readonly links: ChainLink[];
}

/** The chain cover of one room, in memory. */
export class AuthChainIndex {
	readonly #positions = new Map<EventId, ChainPosition>();
	readonly #chains = new Map<number, Chain>();
	#nextChain = 1;

	/**
	 * Restores an index from what earlier additions returned.
	 * @param rows in any order
	 * @param links in any order
	 * @throws Error when a chain has a gap or a link leaves an unknown chain: the store lost rows
	 */
	static fromRows(rows: Iterable<ChainRow>, links: Iterable<ChainLink>): AuthChainIndex {
		const index = new AuthChainIndex();
		for (const row of [...rows].sort((a, b) => a.sequence - b.sequence)) index.#append(row);
		for (const link of [...links].sort((a, b) => a.fromSequence - b.fromSequence))
			index.#chain(link.fromChain).links.push(link);
		return index;
	}

	/** How many events are indexed. */
	get size(): number {
		return this.#positions.size;
	}

	/** The event's position, if it was added. */
	position(eventId: EventId): ChainPosition | undefined {
		return this.#positions.get(eventId);
	}

	/**
	 * Adds a state event whose auth events are already there; adding it again changes nothing.
	 * @param newChain the number of the chain that the event begins if it does not go on with one; by default the next one
	 * of the room. A store that keeps many rooms' chains in one table gives a number that no other event has.
	 * @throws Error when the event is no state event or an auth event is missing: such an event never enters state
	 */
	add(event: IndexedEvent, newChain: number = this.#nextChain): ChainAddition {
		if (this.#positions.has(event.eventId)) return { row: undefined, links: [] };
		if (event.stateKey === undefined) throw new Error(`not a state event: ${event.eventId}`);
		const key = stateMapKey(event.type, event.stateKey);
		const authPositions = event.authEvents.map((id) => this.#known(id));
		const parent = authPositions.find((at) => this.#isTailOf(at, key));
		const chain = parent?.chain ?? newChain;
		const row = { eventId: event.eventId, chain, sequence: (parent?.sequence ?? 0) + 1, key };
		this.#append(row);
		const links = this.#neededLinks(row, authPositions);
		this.#chain(chain).links.push(...links);
		return { row, links };
	}

	/**
	 * The events and everything in their auth chains.
	 * @throws Error when an event was never added
	 */
	reach(eventIds: Iterable<EventId>): ChainReach {
		const reach = new Map<number, number>();
		const pending: ChainPosition[] = [];
		for (const eventId of eventIds) {
			pending.push(this.#known(eventId));
			for (let at = pending.pop(); at !== undefined; at = pending.pop()) this.#raise(reach, at, pending);
		}
		return reach;
	}

	/** The events of a chain after the sequence `above`, up to and with `upTo`. */
	eventsBetween(chain: number, above: number, upTo: number): readonly EventId[] {
		return this.#chain(chain).events.slice(above, upTo);
	}

	/** The links that leave a chain at or below a sequence. */
	linksUpTo(chain: number, sequence: number): readonly ChainLink[] {
		const { links } = this.#chain(chain);
		return links.slice(0, firstLinkAfter(links, sequence));
	}

	/** The piece of state that the event sets. */
	keyOf(eventId: EventId): StateMapKey {
		return this.#chain(this.#known(eventId).chain).key;
	}

	#raise(reach: Map<number, number>, at: ChainPosition, pending: ChainPosition[]): void {
		const before = reach.get(at.chain) ?? 0;
		if (at.sequence <= before) return;
		reach.set(at.chain, at.sequence);
		const { links } = this.#chain(at.chain);
		for (let i = firstLinkAfter(links, before); i < links.length; i++) {
			const link = links[i];
			if (link === undefined || link.fromSequence > at.sequence) return;
			pending.push({ chain: link.toChain, sequence: link.toSequence });
		}
	}

	/** Leaves out what the chain's earlier events or one direct link of another auth event already reach. */
	#neededLinks(row: ChainRow, authPositions: readonly ChainPosition[]): readonly ChainLink[] {
		const own = { chain: row.chain, sequence: row.sequence };
		const needed: ChainLink[] = [];
		for (const [i, to] of authPositions.entries()) {
			if (this.#linksDirectly(own, to)) continue;
			// Two equal positions cannot imply each other away: only an earlier one of the list counts as the other.
			const implied = authPositions.some(
				(other, j) => j !== i && (isSame(other, to) ? j < i : this.#linksDirectly(other, to)),
			);
			if (implied) continue;
			needed.push({ fromChain: row.chain, fromSequence: row.sequence, toChain: to.chain, toSequence: to.sequence });
		}
		return needed;
	}

	#linksDirectly(from: ChainPosition, to: ChainPosition): boolean {
		if (from.chain === to.chain) return from.sequence >= to.sequence;
		const { links } = this.#chain(from.chain);
		// Newest first: what is looked for is nearly always there.
		for (let i = firstLinkAfter(links, from.sequence) - 1; i >= 0; i--) {
			const link = links[i];
			if (link?.toChain === to.chain) return link.toSequence >= to.sequence;
		}
		return false;
	}

	#isTailOf(at: ChainPosition, key: StateMapKey): boolean {
		const chain = this.#chain(at.chain);
		return chain.key === key && chain.events.length === at.sequence;
	}

	#append(row: ChainRow): void {
		const chain = this.#chains.get(row.chain) ?? { key: row.key, events: [], links: [] };
		if (chain.events.length + 1 !== row.sequence) throw new Error(`gap in chain ${row.chain} before ${row.sequence}`);
		this.#chains.set(row.chain, chain);
		chain.events.push(row.eventId);
		this.#positions.set(row.eventId, { chain: row.chain, sequence: row.sequence });
		this.#nextChain = Math.max(this.#nextChain, row.chain + 1);
	}

	#known(eventId: EventId): ChainPosition {
		const position = this.#positions.get(eventId);
		if (position === undefined) throw new Error(`not in the auth chain index: ${eventId}`);
		return position;
	}

	#chain(chain: number): Chain {
		const found = this.#chains.get(chain);
		if (found === undefined) throw new Error(`no chain ${chain}`);
		return found;
	}
}

const isSame = (a: ChainPosition, b: ChainPosition): boolean => a.chain === b.chain && a.sequence === b.sequence;

/** Index of the first link that leaves after the sequence (binary search). */
const firstLinkAfter = (links: readonly ChainLink[], sequence: number): number => {
	let low = 0;
	let high = links.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((links[middle]?.fromSequence ?? 0) <= sequence) low = middle + 1;
		else high = middle;
	}
	return low;
};
