import "../../shared/text/en/assistant.ts";
import "../../shared/text/en/auto-reply.ts";
import { localpartOf } from "../../shared/text/names.ts";
import { text } from "../../shared/text/text.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import { roomNow } from "../assistant/gather-messages.ts";
import type { RunProblem } from "../assistant/run-state.ts";
import { drafts } from "../drafts/drafts.ts";
import { clientOutbox } from "../outbox/client-outbox.ts";
import type { OutgoingMessage } from "../outbox/outbox.ts";
import { isMessage } from "../outbox/outbox-entry.ts";
import { clientStore } from "../store/client-store.ts";
import { holdFrom } from "../windows/window-turns.ts";
import { autoReply, noteProblem, noteSent, switchOff } from "./auto-reply-state.ts";
import { isOwnWriting, refusalOf } from "./reply-rules.ts";
import { type Incoming, type WrittenReply, writeReply } from "./write-reply.ts";

/** Somebody who writes several messages in a row gets one answer, to all of them. */
const restMs = 3_000;

/** What it takes to answer. */
export interface AnsweringMeans {
	write(incoming: Incoming, note: string, signal: AbortSignal): Promise<WrittenReply>;
	send(message: OutgoingMessage): void;
}

const ownMeans: AnsweringMeans = { write: writeReply, send: (message) => clientOutbox.add(message) };

/** Answers for the person while they want it, in one window of the account, until the signal. */
export function answerByItself(signal: AbortSignal): void {
	const userId = clientStore.get().me?.userId;
	if (userId === undefined) return;
	holdFrom(`kith auto-reply ${userId}`, signal, () => watchAndAnswer(signal, ownMeans));
}

/** The same in this window, whatever the others do. */
export function watchAndAnswer(signal: AbortSignal, means: AnsweringMeans): void {
	const seen = new Set<string>();
	const waiting = createWaiting(means);
	const look = (): void => {
		if (!autoReply.get().isOn) {
			waiting.dropAll();
			return;
		}
		for (const incoming of newEvents(seen)) {
			if (isOwnWriting(incoming.event, { ownUserId: ownId(), state: autoReply.get() })) {
				switchOff(true);
				return;
			}
			if (refusal(incoming) === undefined) waiting.begin(incoming);
		}
	};
	const stops = [
		clientStore.subscribe(look),
		autoReply.subscribe(look),
		drafts.subscribe(() => waiting.dropWhere((roomId) => drafts.get().has(roomId))),
		clientOutbox.items.subscribe(() => {
			if (autoReply.get().isOn && isWritten()) switchOff(true);
		}),
	];
	signal.addEventListener("abort", () => {
		waiting.dropAll();
		for (const stop of stops) stop();
	});
	look();
}

/** By room, the message that is to be answered: a newer one takes its place. */
function createWaiting(means: AnsweringMeans) {
	const waiting = new Map<string, AbortController>();
	const drop = (roomId: string): void => {
		waiting.get(roomId)?.abort();
		waiting.delete(roomId);
	};
	return {
		begin: (incoming: Incoming): void => {
			const { roomId } = incoming;
			drop(roomId);
			const controller = new AbortController();
			waiting.set(roomId, controller);
			const forget = (): void => {
				if (waiting.get(roomId) === controller) waiting.delete(roomId);
			};
			const timer = setTimeout(() => void answer(incoming, means, controller.signal).finally(forget), restMs);
			controller.signal.addEventListener("abort", () => clearTimeout(timer));
		},
		dropWhere: (isOver: (roomId: string) => boolean): void => {
			for (const roomId of [...waiting.keys()]) if (isOver(roomId)) drop(roomId);
		},
		dropAll: (): void => {
			for (const roomId of [...waiting.keys()]) drop(roomId);
		},
	};
}

/** The person has written something that is on its way out. */
function isWritten(): boolean {
	const { since } = autoReply.get();
	const items = clientOutbox.items.get();
	return items.some((one) => isMessage(one) && one.isAutomatic !== true && one.createdTs >= since);
}

const ownId = (): string => clientStore.get().me?.userId ?? "";

/** Events that came since it was looked last, of a time since it is on. */
function newEvents(seen: Set<string>): readonly Incoming[] {
	const { since } = autoReply.get();
	const fresh: Incoming[] = [];
	for (const { roomId, timeline } of clientStore.get().rooms.values()) {
		for (const event of timeline.events.slice(-newest)) {
			if (event.originServerTs < since || seen.has(event.eventId) || isClosed(event)) continue;
			seen.add(event.eventId);
			fresh.push({ roomId, event });
		}
	}
	return fresh;
}

const newest = 20;

/** Not opened yet: it is looked at again when it is. */
function isClosed({ type }: WireEvent): boolean {
	return type === "m.room.encrypted";
}

function refusal({ roomId, event }: Incoming) {
	const room = clientStore.get().rooms.get(roomId);
	return refusalOf(event, {
		now: Date.now(),
		roomId,
		ownUserId: ownId(),
		state: autoReply.get(),
		summary: room?.summary,
		events: room?.timeline.events ?? [],
		isWriting: drafts.get().has(roomId),
	});
}

async function answer(incoming: Incoming, { write, send }: AnsweringMeans, signal: AbortSignal): Promise<void> {
	const written = await write(incoming, autoReply.get().note, signal);
	if (written.kind === "failed" && !isUnwanted(written.why)) noteProblem(problemOf(written.why));
	if (written.kind !== "written" || written.words === "") return;
	// What may have changed while it was written is asked once more.
	if (signal.aborted || refusal(incoming) !== undefined) return;
	const { roomId, event } = incoming;
	const { sender } = event;
	const name = roomNow(roomId).names.get(sender) || localpartOf(sender);
	noteSent({ roomId, senderId: sender, name, at: Date.now(), words: written.words });
	const body = text("autoReply.body", { words: written.words });
	send({ userId: ownId(), roomId, body, isAutomatic: true });
}

/** In chats where the assistant is off nothing is answered, which is as it should be. */
function isUnwanted(why: RunProblem): boolean {
	return why.kind === "call" && why.code === "assistant-off";
}

function problemOf(why: RunProblem): string {
	return why.kind === "run" ? text(`noAnswer.${why.reason}`) : text("autoReply.failed");
}
