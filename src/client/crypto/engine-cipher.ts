import type { WireEvent } from "../../shared/wire/event.ts";
import type { ClosedReason, EventSeal, OpenedEvent } from "../store/event-seal.ts";
import { type CryptoEngine, CryptoError } from "./crypto-engine.ts";
import type { CryptoInput, ReadResult, SealedEvent } from "./crypto-message.ts";
import type { MessageCipher, OutgoingContent, ReceivedEvent } from "./message-cipher.ts";
import { noteTry } from "./opening-tries.ts";

export interface CipherParts {
	readonly engine: () => Promise<CryptoEngine> | undefined;
	readonly state: () => "off" | "starting" | "ready" | "unavailable";
	/** Whoever may read what is sent to a room now. */
	readonly recipients: (roomId: string, visibility: string) => Promise<readonly string[]>;
}

type SealedRoom = Pick<OutgoingContent, "roomId" | "encryption">;

/** So many events at a time: whoever waits for a screenful does not wait for a whole history. */
const batchSize = 60;

/** The cipher over the engine in its worker. */
export function createEngineCipher({ engine, state, recipients }: CipherParts): MessageCipher {
	const running = async (): Promise<CryptoEngine> => {
		const found = await engine();
		if (found === undefined) throw new Error("nobody is signed in");
		return found;
	};
	const readersOf = async ({ roomId, encryption }: SealedRoom): Promise<CryptoInput<"prepare">> => {
		const { historyVisibility, rotationPeriodMs, rotationPeriodMsgs } = encryption;
		return {
			roomId,
			userIds: [...(await recipients(roomId, historyVisibility))],
			settings: {
				historyVisibility,
				...(rotationPeriodMs !== undefined && { rotationPeriodMs }),
				...(rotationPeriodMsgs !== undefined && { rotationPeriodMessages: rotationPeriodMsgs }),
			},
		};
	};
	return {
		isReady: () => state() === "ready",
		prepare: async (room) => {
			const found = await running();
			await found.call("prepare", await readersOf(room));
		},
		encrypt: async ({ type, content, ...room }) => {
			const found = await running();
			return (await found.call("encrypt", { ...(await readersOf(room)), type, content: { ...content } })).content;
		},
		decrypt: async (batch) => {
			if (!batch.some(({ event }) => isSealed(event))) return batch.map(({ event }) => asCame(event));
			const beganAt = performance.now();
			for (const { event } of batch) if (isSealed(event)) noteTry(event, beganAt);
			const reading = state() === "ready" ? await engine() : undefined;
			if (reading === undefined) return allClosed(batch, state() === "unavailable" ? "no-engine" : "starting");
			// What comes must be shown whatever becomes of the engine: the stream waits for it.
			return readBatch(reading, batch).catch(() => allClosed(batch, "no-engine"));
		},
	};
}

/** True for an event whose words, or whose newest words, are encrypted. */
function isSealed({ type, redactedBy, encryptedEdit }: WireEvent): boolean {
	return redactedBy === undefined && (type === "m.room.encrypted" || encryptedEdit !== undefined);
}

/** What was not sealed; a deleted message, of which nothing is left to open, is a message. */
function asCame(event: WireEvent): WireEvent {
	return event.type === "m.room.encrypted" ? { ...event, type: "m.room.message" } : event;
}

function allClosed(batch: readonly ReceivedEvent[], reason: ClosedReason): readonly WireEvent[] {
	return batch.map(({ event }) => (isSealed(event) ? closed(event, reason) : asCame(event)));
}

async function readBatch(engine: CryptoEngine, batch: readonly ReceivedEvent[]): Promise<readonly WireEvent[]> {
	const sealed = batch.flatMap(({ roomId, event }) => sealedIn(roomId, event));
	const results = new Map<string, ReadResult>();
	for (let at = 0; at < sealed.length; at += batchSize) {
		const events = sealed.slice(at, at + batchSize);
		const found = await readAll(engine, events);
		for (const [index, result] of found.entries()) results.set(events[index]?.eventId ?? "", result);
	}
	return batch.map(({ event }) => (isSealed(event) ? opened(event, results) : asCame(event)));
}

/** Where an engine breaks down over some of them, the one that it is must not close the others. */
async function readAll(engine: CryptoEngine, events: readonly SealedEvent[]): Promise<readonly ReadResult[]> {
	try {
		return (await engine.call("decrypt", { events: [...events] })).results;
	} catch (error) {
		if (!(error instanceof CryptoError) || error.code !== "broken") throw error;
		if (events.length <= 1) return events.map(() => ({ kind: "unreadable", reason: "damaged" }));
		const half = Math.ceil(events.length / 2);
		const first = await readAll(engine, events.slice(0, half));
		return [...first, ...(await readAll(engine, events.slice(half)))];
	}
}

/** What of an event is sealed: itself, and its newest edit. */
function sealedIn(roomId: string, event: WireEvent): readonly SealedEvent[] {
	if (!isSealed(event)) return [];
	const { eventId, sender, originServerTs, content, encryptedEdit, type } = event;
	return [
		...(type === "m.room.encrypted" ? [{ roomId, eventId, sender, originServerTs, content }] : []),
		...(encryptedEdit === undefined ? [] : [{ roomId, sender, ...encryptedEdit }]),
	];
}

function opened(event: WireEvent, results: ReadonlyMap<string, ReadResult>): WireEvent {
	const result = event.type === "m.room.encrypted" ? results.get(event.eventId) : undefined;
	const own = result === undefined ? event : openedAs(event, result);
	const edit = event.encryptedEdit === undefined ? undefined : results.get(event.encryptedEdit.eventId);
	return edit?.kind === "read" ? withEdit(own, edit, event.encryptedEdit?.originServerTs ?? 0) : own;
}

function openedAs(event: WireEvent, result: ReadResult): OpenedEvent {
	if (result.kind === "unreadable") return closed(event, result.reason, result.sessionId);
	const { type, content, isVouched } = result;
	// The relation travels in clear, where the server could change it: what was sealed with the words holds.
	if (relatedIn(content) !== relatedIn(event.content)) return closed(event, "damaged");
	return { ...event, type, content, seal: { kind: "open", isVouched } };
}

/** The newest words, where the edit was made for this message; whose it is, the engine has made sure of. */
function withEdit(event: OpenedEvent, edit: Extract<ReadResult, { kind: "read" }>, editedTs: number): OpenedEvent {
	const fresh = edit.content["m.new_content"];
	const isForThis = edit.type === "m.room.message" && relatedIn(edit.content) === event.eventId;
	if (!isForThis || typeof fresh !== "object" || fresh === null || !("body" in fresh)) return event;
	const seal: EventSeal = { kind: "open", isVouched: edit.isVouched };
	return { ...event, type: "m.room.message", content: { ...event.content, ...fresh }, editedTs, seal };
}

/**
 * An event without its words: a message, as far as anybody can tell. An edit is none, and stays what it is, so that nothing
 * changes by it before it can be read.
 */
function closed(event: WireEvent, reason: ClosedReason, sessionId?: string): OpenedEvent {
	const seal: EventSeal = { kind: "closed", reason, event, ...(sessionId !== undefined && { sessionId }) };
	const kind = event.relatesTo?.kind;
	if (kind === "edit" || kind === "reference" || event.type !== "m.room.encrypted") return { ...event, seal };
	return { ...event, type: "m.room.message", content: {}, seal };
}

function relatedIn(content: Readonly<Record<string, unknown>>): unknown {
	const relation = content["m.relates_to"];
	if (typeof relation !== "object" || relation === null) return undefined;
	const reply = (relation as Record<string, unknown>)["m.in_reply_to"];
	if (typeof reply === "object" && reply !== null) return (reply as Record<string, unknown>)["event_id"];
	return (relation as Record<string, unknown>)["event_id"];
}
