/**
 * Judges events that arrived together, each after those that it stands on and once: what comes out is stored as it is. As
 * with every event that is known only as an ancestor or as part of a state, nothing but its own auth events speaks for it.
 * Matrix v1.19 Server-Server API, "Checks performed on receipt of a PDU", checks 1 to 4; SPEC.md, "Receiving".
 */

import { foundationsOf } from "../events/foundations-of.ts";
import { redactEvent } from "../events/redact-event.ts";
import type { RoomEvent } from "../events/room-event.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import type { EventStatus, EventStore, StoredEvent } from "../ports/event-store.ts";
import type { ArrivedEvents } from "./arrived-events.ts";
import { checkParsedEvent, type StatelessPorts } from "./check-without-state.ts";
import type { ReceivingRoom } from "./received-event.ts";

/** An event that is not kept (or is, as rejected), and the rule that speaks against it. */
export interface LeftOut {
	readonly eventId: EventId;
	readonly rule: string;
	/** Keys could not be had now: a later try may end otherwise. */
	readonly isTransient: boolean;
	/** What it stands on and nobody brought. */
	readonly missing: readonly EventId[];
}

/** Called now and then with how many are judged; the next wait for it, so that others get their turn. */
export type BetweenChecks = (judged: number) => void | Promise<void>;

/** The outcome. */
export interface JudgedEvents {
	readonly leftOut: readonly LeftOut[];
	/** Undefined: it is not kept. Of what was known before: what it was known as. */
	status(eventId: EventId): EventStatus | undefined;
	/** One that is kept, as it is stored. */
	find(eventId: EventId): Promise<StoredEvent | undefined>;
	/** All that are kept, each after those that it stands on. */
	oldestFirst(): AsyncGenerator<StoredEvent>;
}

const checksBetween = 20;
/** Events of the store are looked for so many at a time. */
const windowSize = 250;

/**
 * Judges what arrived. `ports.events` holds what was known before; those of the arrived events that are known already are
 * not judged again, and not part of what comes out.
 */
export const judgeArrived = async (
	arrived: ArrivedEvents,
	room: ReceivingRoom,
	ports: StatelessPorts & { readonly between?: BetweenChecks | undefined },
): Promise<JudgedEvents> => {
	const found = await ports.keys.find(arrived.wantedKeys());
	const judging = new Judging(arrived, room, { ...ports, keys: { find: async () => found } });
	let judged = 0;
	for (const ids of windowsOf(arrived.oldestFirst())) {
		await judging.look(ids);
		for (const eventId of ids) {
			await judging.judge(eventId);
			judged += 1;
			if (judged % checksBetween === 0) await ports.between?.(judged);
		}
	}
	return judging;
};

function* windowsOf(ids: Iterable<EventId>): Generator<readonly EventId[]> {
	let window: EventId[] = [];
	for (const id of ids) {
		window.push(id);
		if (window.length < windowSize) continue;
		yield window;
		window = [];
	}
	if (window.length > 0) yield window;
}

class Judging implements JudgedEvents {
	readonly leftOut: LeftOut[] = [];
	readonly #arrived: ArrivedEvents;
	readonly #room: ReceivingRoom;
	readonly #ports: StatelessPorts;
	readonly #before: EventStore;
	readonly #statuses = new Map<EventId, EventStatus>();
	/** Of those that arrived, what was known before. */
	readonly #earlier = new Map<EventId, EventStatus>();
	/** Those whose content hash is wrong: they are kept as their redacted copies. */
	readonly #redacted = new Set<EventId>();
	/** What is known of before, as far as it is needed now. */
	#known: ReadonlyMap<EventId, StoredEvent> = new Map();

	constructor(arrived: ArrivedEvents, room: ReceivingRoom, ports: StatelessPorts) {
		this.#arrived = arrived;
		this.#room = room;
		this.#before = ports.events;
		this.#ports = { ...ports, events: { events: (ids) => this.#among(ids) } };
	}

	/** Looks up what these events, and what they stand on, were known as before. */
	async look(ids: readonly EventId[]): Promise<void> {
		const wanted = new Set(ids);
		for (const id of ids) {
			const event = await this.#arrived.event(id);
			for (const below of event === undefined ? [] : foundationsOf(event)) {
				if (!this.#statuses.has(below)) wanted.add(below);
			}
		}
		this.#known = await this.#before.events([...wanted]);
	}

	async judge(eventId: EventId): Promise<void> {
		const event = await this.#arrived.event(eventId);
		const known = this.#known.get(eventId);
		if (known !== undefined) this.#earlier.set(eventId, known.status);
		if (event === undefined || known !== undefined) return;
		const outcome = await checkParsedEvent(event, this.#room, this.#ports);
		if (outcome.kind === "accepted" || outcome.kind === "rejected") {
			this.#statuses.set(eventId, outcome.kind);
			if (outcome.isRedacted) this.#redacted.add(eventId);
		}
		if (outcome.kind === "accepted") return;
		const rule = outcome.kind === "incomplete" ? "RCV-MISSING" : outcome.rule;
		const missing = outcome.kind === "incomplete" ? outcome.missingAuthEvents : [];
		this.leftOut.push({ eventId, rule, isTransient: outcome.kind === "dropped" && outcome.isTransient, missing });
	}

	status(eventId: EventId): EventStatus | undefined {
		return this.#statuses.get(eventId) ?? this.#earlier.get(eventId);
	}

	async find(eventId: EventId): Promise<StoredEvent | undefined> {
		const status = this.#statuses.get(eventId);
		const event = status === undefined ? undefined : await this.#arrived.event(eventId);
		return status === undefined || event === undefined ? undefined : { event: this.#asKept(event), status };
	}

	async *oldestFirst(): AsyncGenerator<StoredEvent> {
		for (const eventId of this.#arrived.oldestFirst()) {
			const kept = await this.find(eventId);
			if (kept !== undefined) yield kept;
		}
	}

	#asKept(event: RoomEvent): RoomEvent {
		return this.#redacted.has(event.eventId) ? redactEvent(event, this.#room.version) : event;
	}

	/** What an event stands on has been judged before it, or was looked up with it. */
	async #among(ids: readonly EventId[]): Promise<ReadonlyMap<EventId, StoredEvent>> {
		const found = new Map<EventId, StoredEvent>();
		for (const id of ids) {
			const event = (await this.find(id)) ?? this.#known.get(id);
			if (event !== undefined) found.set(id, event);
		}
		return found;
	}
}
