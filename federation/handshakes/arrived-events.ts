/**
 * Events that arrive one by one, in any order, as part of something larger: a room, or a state. They can be judged only
 * when what they stand on is there too, so they wait: the first of them as they are, the others as texts on a shelf, of
 * which only what orders them stays in memory.
 * Matrix v1.19 Server-Server API, "Joining Rooms", "Retrieving events"; SPEC.md, "Membership".
 */

import { foundationsOf } from "../events/foundations-of.ts";
import { parseEvent, restoreEvent } from "../events/parse-event.ts";
import type { RoomEvent } from "../events/room-event.ts";
import { eventSignatureKeys } from "../events/verify-event-signatures.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import { encodeCanonicalJson } from "../json/canonical-json.ts";
import { isJsonObject } from "../json/json-object.ts";
import type { JsonObject, JsonValue } from "../json/json-value.ts";
import { parseJson } from "../json/parse-json.ts";
import { decodeUtf8, encodeUtf8 } from "../json/utf8.ts";
import type { EventShelf } from "../ports/event-shelf.ts";
import type { WantedKey } from "../ports/server-keys.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";

/** Texts of so many bytes wait as events; what comes after them goes on the shelf. */
const heldBytes = 8 * 1024 * 1024;

interface Arrived {
	readonly foundations: readonly EventId[];
	/** The event, or where its text lies. */
	readonly at: RoomEvent | number;
}

/** The events of one answer. */
export class ArrivedEvents {
	readonly #version: RoomVersion;
	readonly #shelf: EventShelf;
	readonly #heldBytes: number;
	readonly #arrived = new Map<EventId, Arrived>();
	readonly #keys = new Map<string, WantedKey>();
	readonly #ids = new Map<string, EventId>();
	/** Events that others stand on are read again and again. */
	readonly #lately = new Map<EventId, RoomEvent>();
	#bytes = 0;

	constructor(version: RoomVersion, shelf: EventShelf, held = heldBytes) {
		this.#version = version;
		this.#shelf = shelf;
		this.#heldBytes = held;
	}

	/** How many there are. */
	get size(): number {
		return this.#arrived.size;
	}

	/** Their ids, in the order in which they came. */
	ids(): Iterable<EventId> {
		return this.#arrived.keys();
	}

	/** Whether it is among them. */
	has(eventId: EventId): boolean {
		return this.#arrived.has(eventId);
	}

	/** Takes one in. Undefined: it is no event of the version. */
	async take(entry: JsonValue): Promise<RoomEvent | undefined> {
		const form = isJsonObject(entry) ? parseEvent(entry, this.#version) : undefined;
		if (form?.kind !== "ok") return undefined;
		const { event } = form;
		if (!this.#arrived.has(event.eventId)) await this.#add(event);
		return event;
	}

	/** Forgets one. */
	delete(eventId: EventId): void {
		this.#arrived.delete(eventId);
		this.#lately.delete(eventId);
	}

	/** One of them. */
	async event(eventId: EventId): Promise<RoomEvent | undefined> {
		const arrived = this.#arrived.get(eventId);
		if (arrived === undefined) return undefined;
		if (typeof arrived.at !== "number") return arrived.at;
		const known = this.#lately.get(eventId);
		if (known !== undefined) return known;
		const event = this.#restore(await this.#shelf.text(arrived.at), eventId);
		this.#lately.set(eventId, event);
		const [oldest] = this.#lately.keys();
		if (this.#lately.size > rememberedEvents && oldest !== undefined) this.#lately.delete(oldest);
		return event;
	}

	/** The keys that their signatures are by, each once, for the latest time at which it signed. */
	wantedKeys(): readonly WantedKey[] {
		return [...this.#keys.values()];
	}

	/** The ids of all, each after those that its event stands on. */
	*oldestFirst(): Generator<EventId> {
		const done = new Set<EventId>();
		for (const start of this.#arrived.keys()) {
			const pending = [start];
			for (let id = pending.at(-1); id !== undefined; id = pending.at(-1)) {
				const before = done.has(id) ? [] : (this.#arrived.get(id)?.foundations ?? []);
				const next = before.filter((other) => this.#arrived.has(other) && !done.has(other));
				if (next.length > 0) {
					pending.push(...next);
					continue;
				}
				pending.pop();
				if (!done.has(id)) yield id;
				done.add(id);
			}
		}
	}

	/** Nothing of them is needed any more. */
	close(): Promise<void> {
		return this.#shelf.close();
	}

	async #add(event: RoomEvent): Promise<void> {
		const text = encodeCanonicalJson(event.json);
		this.#bytes += text.length;
		const at = this.#bytes <= this.#heldBytes ? event : await this.#shelf.put(text);
		const foundations = foundationsOf(event).map((id) => this.#own(id));
		this.#arrived.set(this.#own(event.eventId), { foundations, at });
		for (const key of eventSignatureKeys(event, this.#version)) {
			const name = `${key.server} ${key.keyId}`;
			const known = this.#keys.get(name);
			if (known !== undefined && known.validAtTs >= event.originServerTs) continue;
			const owned = known ?? { server: ownCopy(key.server), keyId: ownCopy(key.keyId) };
			this.#keys.set(known === undefined ? ownCopy(name) : name, { ...owned, validAtTs: event.originServerTs });
		}
	}

	/** One string for each id: a part of a text would keep the whole text in memory. */
	#own(id: EventId): EventId {
		const known = this.#ids.get(id);
		if (known !== undefined) return known;
		const own = ownCopy(id);
		this.#ids.set(own, own);
		return own;
	}

	#restore(text: string, eventId: EventId): RoomEvent {
		const parsed = parseJson(text);
		if (parsed.kind === "refused") throw new Error(`a shelved event is no JSON: ${parsed.reason}`);
		return restoreEvent(parsed.value as JsonObject, this.#version, eventId);
	}
}

const rememberedEvents = 200;

const ownCopy = <Text extends string>(text: Text): Text => {
	const copied = decodeUtf8(encodeUtf8(text));
	if (copied.kind === "malformed") throw new Error("an id is no text");
	return copied.text as Text;
};
