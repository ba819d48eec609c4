import type { OutboxItem } from "../../client/outbox/outbox-item.ts";
import { closedReasonFor } from "../../client/store/came-here.ts";
import { bodyOf, citesOf, isVerificationRequest, mentionsOf } from "../../client/store/event-content.ts";
import { closedReasonOf, sealOf } from "../../client/store/event-seal.ts";
import { wordsOf } from "../../client/store/message-words.ts";
import { type TickFacts, tickOf } from "../../client/store/tick-of.ts";
import { clockTime, dayLabel } from "../../shared/text/dates.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { localpartOf } from "../../shared/text/names.ts";
import "../../shared/text/en/message.ts";
import { text } from "../../shared/text/text.ts";
import { isAppErrorCode } from "../../shared/wire/error.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import { countOfEmojiOnly } from "./emoji-in.ts";
import { pictureOf, pictureOfOutbox } from "./read-picture.ts";
import type { MentionSnapshot, MessageSnapshot, MessageState, QuoteSnapshot } from "./timeline-snapshot.ts";

export interface MessageContext {
	readonly ownUserId: string;
	/** The assistant of this server; absent: there is none. */
	readonly botUserId: string | undefined;
	readonly isDirect: boolean;
	readonly isEncrypted: boolean;
	readonly names: ReadonlyMap<string, string>;
	readonly ticks: TickFacts;
	/** The position at which the reader came; absent: before what is here. */
	readonly cameAt: string | undefined;
	readonly now: number;
}

/** What a room calls a person. */
export function nameIn(context: Pick<MessageContext, "names">, userId: string): string {
	return context.names.get(userId) ?? localpartOf(userId);
}

/**
 * A message event as the screen shows it; `undefined` for events of other types. `quoted` is the event that it answers,
 * where that is here.
 */
export function messageOfEvent(
	event: WireEvent,
	quoted: WireEvent | undefined,
	context: MessageContext,
): MessageSnapshot | undefined {
	if (event.type !== "m.room.message") return undefined;
	const isOwn = event.sender === context.ownUserId;
	const isDeleted = event.redactedBy !== undefined;
	const closed = closedReasonFor(event, context.cameAt);
	const body = isDeleted
		? text("message.deleted")
		: (shownWords(event) ?? text(closed === undefined ? "room.unknown" : "room.closed"));
	const quote = isDeleted || event.relatesTo?.kind !== "reply" ? undefined : event.relatesTo.eventId;
	return finish({
		key: (isOwn ? event.transactionId : undefined) ?? event.eventId,
		eventId: event.eventId,
		transactionId: event.transactionId,
		isOwn,
		senderName: nameIn(context, event.sender),
		text: body,
		picture: pictureOf(event),
		cites: event.sender === context.botUserId ? citesOf(event) : undefined,
		isDeleted,
		closed: bodyOf(event) === undefined ? closed : undefined,
		isInClear: context.isEncrypted && !isDeleted && sealOf(event) === undefined,
		isEdited: event.editedTs !== undefined && !isDeleted,
		ts: event.originServerTs,
		state: isOwn && !isDeleted ? tickOf(event.position, context.ticks) : undefined,
		failure: undefined,
		mentions: isDeleted ? [] : mentionsIn(mentionsOf(event), context),
		quote: quote === undefined ? undefined : quoteOf(quote, quoted, context),
		reactions: (event.reactions ?? []).map(({ key, count, ownEventId }) => ({
			key,
			count,
			isOwn: ownEventId !== undefined,
		})),
		now: context.now,
	});
}

/** A message on its way out. */
export function messageOfOutbox(
	item: OutboxItem,
	quoted: WireEvent | undefined,
	context: MessageContext,
): MessageSnapshot {
	const { state } = item;
	return finish({
		key: item.transactionId,
		eventId: undefined,
		transactionId: item.transactionId,
		isOwn: true,
		senderName: nameIn(context, item.userId),
		text: item.body,
		picture: item.picture && pictureOfOutbox(item.picture),
		cites: undefined,
		isDeleted: false,
		closed: undefined,
		isInClear: false,
		isEdited: false,
		ts: item.createdTs,
		state: state.kind === "stored" ? "sent" : state.kind === "failed" ? "failed" : "queued",
		failure: state.kind === "failed" ? failureText(knownCode(state.code)) : undefined,
		mentions: mentionsIn(item.mentions ?? [], context),
		quote: item.replyTo === undefined ? undefined : quoteOf(item.replyTo, quoted, context),
		reactions: [],
		now: context.now,
	});
}

const knownCode = (code: string) =>
	isAppErrorCode(code) || code === "identity-changed" || code === "file-lost" ? code : "internal";

/** The names under which the people that a message mentions may stand in its text. */
function mentionsIn(userIds: readonly string[], context: MessageContext): readonly MentionSnapshot[] {
	return userIds.flatMap((userId) => {
		const isOwn = userId === context.ownUserId;
		const names = [nameIn(context, userId), localpartOf(userId), userId.slice(1)];
		return [...new Set(names)].map((name) => ({ name, isOwn }));
	});
}

function quoteOf(eventId: string, event: WireEvent | undefined, context: MessageContext): QuoteSnapshot {
	if (event === undefined) {
		return { eventId, senderId: "", senderName: "", text: text("message.quoteMissing"), isMissing: true };
	}
	return {
		eventId,
		isMissing: false,
		senderId: event.sender,
		senderName: event.sender === context.ownUserId ? text("common.you") : nameIn(context, event.sender),
		text: wordsOf(event) ?? text(closedReasonOf(event) === undefined ? "message.deleted" : "room.closed"),
	};
}

function shownWords(event: WireEvent): string | undefined {
	return isVerificationRequest(event) ? wordsOf(event) : bodyOf(event);
}

type Unfinished = Omit<MessageSnapshot, "kind" | "time" | "dateTime" | "emojiCount" | "label"> & {
	readonly ts: number;
	readonly now: number;
};

function finish({ ts, now, ...message }: Unfinished): MessageSnapshot {
	const time = clockTime(ts);
	const label = [
		message.isOwn ? text("common.you") : message.senderName,
		message.picture && text("room.photo"),
		`${dayLabel(ts, now)} ${time}`,
		stateText(message.state),
		message.isEdited ? text("message.edited") : undefined,
		message.quote && message.quote.senderName !== ""
			? text("message.inReply", { name: message.quote.senderName })
			: undefined,
	];
	return {
		kind: "message",
		...message,
		time,
		dateTime: new Date(ts).toISOString(),
		emojiCount:
			message.isDeleted || message.closed !== undefined || message.quote || message.picture
				? 0
				: countOfEmojiOnly(message.text),
		label: label.filter(Boolean).join(", "),
	};
}

function stateText(state: MessageState | undefined): string | undefined {
	return state === undefined ? undefined : text(`message.${state}`);
}
