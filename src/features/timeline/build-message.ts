import type { OutboxItem } from "../../client/outbox/outbox-item.ts";
import { bodyOf } from "../../client/store/event-content.ts";
import { type TickFacts, tickOf } from "../../client/store/tick-of.ts";
import { clockTime, dayLabel } from "../../shared/text/dates.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { localpartOf } from "../../shared/text/names.ts";
import { text } from "../../shared/text/text.ts";
import { isAppErrorCode } from "../../shared/wire/error.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import type { MessageSnapshot, MessageState, QuoteSnapshot } from "./timeline-snapshot.ts";

export interface TimelineContext {
	readonly ownUserId: string;
	readonly isDirect: boolean;
	readonly names: ReadonlyMap<string, string>;
	readonly ticks: TickFacts;
	/** How far was read when the chat was opened; absent: no divider. */
	readonly readPosition: string | undefined;
	readonly now: number;
}

type ById = ReadonlyMap<string, WireEvent>;

/** What a room calls a person. */
export function nameIn(context: Pick<TimelineContext, "names">, userId: string): string {
	return context.names.get(userId) ?? localpartOf(userId);
}

/** A message event as the screen shows it; `undefined` for events of other types. */
export function messageOfEvent(event: WireEvent, byId: ById, context: TimelineContext): MessageSnapshot | undefined {
	if (event.type !== "m.room.message") return undefined;
	const isOwn = event.sender === context.ownUserId;
	const isDeleted = event.redactedBy !== undefined;
	const body = isDeleted ? text("message.deleted") : (bodyOf(event) ?? text("room.unknown"));
	const quote = isDeleted || event.relatesTo?.kind !== "reply" ? undefined : event.relatesTo.eventId;
	return finish({
		key: (isOwn ? event.transactionId : undefined) ?? event.eventId,
		eventId: event.eventId,
		transactionId: event.transactionId,
		isOwn,
		senderName: nameIn(context, event.sender),
		text: body,
		isDeleted,
		isEdited: event.editedTs !== undefined && !isDeleted,
		ts: event.originServerTs,
		state: isOwn && !isDeleted ? tickOf(event.position, context.ticks) : undefined,
		failure: undefined,
		quote: quote === undefined ? undefined : quoteOf(quote, byId, context),
		reactions: (event.reactions ?? []).map(({ key, count, ownEventId }) => ({
			key,
			count,
			isOwn: ownEventId !== undefined,
		})),
		now: context.now,
	});
}

/** A message on its way out. */
export function messageOfOutbox(item: OutboxItem, byId: ById, context: TimelineContext): MessageSnapshot {
	const { state } = item;
	return finish({
		key: item.transactionId,
		eventId: undefined,
		transactionId: item.transactionId,
		isOwn: true,
		senderName: nameIn(context, item.userId),
		text: item.body,
		isDeleted: false,
		isEdited: false,
		ts: item.createdTs,
		state: state.kind === "stored" ? "sent" : state.kind === "failed" ? "failed" : "queued",
		failure: state.kind === "failed" ? failureText(isAppErrorCode(state.code) ? state.code : "internal") : undefined,
		quote: item.replyTo === undefined ? undefined : quoteOf(item.replyTo, byId, context),
		reactions: [],
		now: context.now,
	});
}

function quoteOf(eventId: string, byId: ById, context: TimelineContext): QuoteSnapshot {
	const event = byId.get(eventId);
	if (event === undefined) return { eventId, senderId: "", senderName: "", text: text("message.quoteMissing") };
	return {
		eventId,
		senderId: event.sender,
		senderName: event.sender === context.ownUserId ? text("common.you") : nameIn(context, event.sender),
		text: bodyOf(event) ?? text("message.deleted"),
	};
}

type Unfinished = Omit<MessageSnapshot, "time" | "dateTime" | "emojiCount" | "label"> & {
	readonly ts: number;
	readonly now: number;
};

function finish({ ts, now, ...message }: Unfinished): MessageSnapshot {
	const time = clockTime(ts);
	const label = [
		message.isOwn ? text("common.you") : message.senderName,
		`${dayLabel(ts, now)} ${time}`,
		stateText(message.state),
		message.isEdited ? text("message.edited") : undefined,
		message.quote && message.quote.senderName !== ""
			? text("message.inReply", { name: message.quote.senderName })
			: undefined,
	];
	return {
		...message,
		time,
		dateTime: new Date(ts).toISOString(),
		emojiCount: message.isDeleted || message.quote ? 0 : countOfEmojiOnly(message.text),
		label: label.filter(Boolean).join(", "),
	};
}

function stateText(state: MessageState | undefined): string | undefined {
	return state === undefined ? undefined : text(`message.${state}`);
}

const emojiOnly = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\s])+$/u;
const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** How many emoji a text is made of, if of nothing else and of at most three. */
export function countOfEmojiOnly(body: string): 0 | 1 | 2 | 3 {
	if (body.length > 48 || !emojiOnly.test(body)) return 0;
	const count = [...letters.segment(body)].filter(({ segment }) => segment.trim() !== "").length;
	return count === 1 || count === 2 || count === 3 ? count : 0;
}
