import type { OutboxItem } from "../../client/outbox/outbox-item.ts";
import { bodyOf } from "../../client/store/event-content.ts";
import { comparePositions } from "../../client/store/position.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import { dayAround } from "./day-around.ts";
import { boxOf, pictureOf } from "./read-picture.ts";
import { serviceText } from "./service-text.ts";
import type { RowHead } from "./timeline-snapshot.ts";

/** A group ends after five minutes of silence. */
const groupMs = 5 * 60_000;

export interface RowsContext {
	readonly ownUserId: string;
	readonly isDirect: boolean;
	/** How far was read when the chat was opened; absent: no divider. */
	readonly readPosition: string | undefined;
	/** True: nothing older exists. */
	readonly isComplete: boolean;
}

/** A row and what it is made of. */
export interface Row extends RowHead {
	readonly source: RowSource;
}

export type RowSource =
	| {
			readonly kind: "event";
			readonly event: WireEvent;
			/** Earlier ones that say the same of others: one line tells them all. */
			readonly folded?: readonly WireEvent[];
	  }
	| { readonly kind: "outbox"; readonly item: OutboxItem };

type OpenRow = { -readonly [K in keyof Row]: Row[K] };
type EventSource = Extract<RowSource, { readonly kind: "event" }>;
type NewRow = Omit<Row, "isDayStart" | "isUnreadStart" | "readTs" | "isFirst" | "isLast">;

/** The rows of a conversation from the events of a room and the messages on their way out. */
export function buildRows(
	events: readonly WireEvent[],
	outbox: readonly OutboxItem[],
	context: RowsContext,
): readonly Row[] {
	const rows: OpenRow[] = [];
	/** What the last row tells beside its event. */
	let folded: WireEvent[] = [];
	const firstUnread = firstUnreadOf(events, context);
	let day = dayAround(Number.NaN);
	const push = (row: NewRow, isUnreadStart: boolean): void => {
		const last = rows.at(-1);
		const readTs = isUnreadStart ? last?.ts : undefined;
		const isSameDay = row.ts >= day.start && row.ts < day.end;
		if (!isSameDay) day = dayAround(row.ts);
		const isDayStart = last === undefined || !isSameDay;
		if (!isDayStart && !isUnreadStart && isOfEvent(last) && isOfEvent(row) && saysTheSame(last, row)) {
			folded.push(last.source.event);
			rows[rows.length - 1] = { ...last, key: row.key, ts: row.ts, source: { ...row.source, folded } };
			return;
		}
		folded = [];
		const isFirst = isDayStart || isUnreadStart || !goesOn(last, row);
		if (!isFirst) last.isLast = false;
		rows.push({ ...row, isDayStart, isUnreadStart, readTs, isFirst, isLast: true });
	};
	let previous: WireEvent | undefined;
	for (const event of events) {
		const row = rowOfEvent(event, previous, context);
		if (row !== undefined) push(row, event === firstUnread);
		previous = event;
	}
	for (const item of outbox) push(rowOfOutbox(item), false);
	return rows;
}

function goesOn(last: NewRow, row: NewRow): boolean {
	const areMessages = last.kind === "message" && row.kind === "message";
	return areMessages && last.senderId === row.senderId && row.ts - last.ts < groupMs;
}

const isOfEvent = <R extends NewRow>(row: R): row is R & { readonly source: EventSource } =>
	row.source.kind === "event";

interface OfEvent {
	readonly source: EventSource;
}

/** Two lines about people: the same person invited both, or both came or went by themselves. */
function saysTheSame({ source: last }: OfEvent, { source }: OfEvent): boolean {
	const change = changeOf(source.event);
	return change !== undefined && change === changeOf(last.event);
}

/** What happened to somebody, in a word that is the same for two to whom the same was done. */
function changeOf({ type, sender, stateKey, content, previousContent }: WireEvent): string | undefined {
	const { membership } = content;
	if (type !== "m.room.member" || previousContent?.["membership"] === membership) return undefined;
	return `${membership} ${sender === stateKey ? "" : sender}`;
}

/**
 * The first message of somebody else behind the position that was read when the chat was opened. Where the messages
 * before it have not been loaded, an earlier one may be it: then nothing is.
 */
function firstUnreadOf(events: readonly WireEvent[], context: RowsContext): WireEvent | undefined {
	const { readPosition, ownUserId } = context;
	const oldest = events[0];
	if (readPosition === undefined || oldest === undefined) return undefined;
	if (!context.isComplete && comparePositions(oldest.position, readPosition) > 0) return undefined;
	return events.find(
		(event) =>
			event.type === "m.room.message" &&
			event.sender !== ownUserId &&
			comparePositions(event.position, readPosition) > 0,
	);
}

const noNames: ReadonlyMap<string, string> = new Map();

/** What was made of an event, and for whom. */
interface MadeRow extends Pick<RowsContext, "ownUserId" | "isDirect"> {
	readonly previousType: string | undefined;
	readonly row: NewRow | undefined;
}

/** With each new message all of them are asked for again, and most of what there is to say of one is in looking for its words. */
const made = new WeakMap<WireEvent, MadeRow>();

function rowOfEvent(event: WireEvent, previous: WireEvent | undefined, context: RowsContext): NewRow | undefined {
	const { ownUserId, isDirect } = context;
	const known = made.get(event);
	const isKnown = known?.ownUserId === ownUserId && known.isDirect === isDirect;
	if (isKnown && known.previousType === previous?.type) return known.row;
	const row = makeRow(event, previous, context);
	made.set(event, { ownUserId, isDirect, previousType: previous?.type, row });
	return row;
}

function makeRow(event: WireEvent, previous: WireEvent | undefined, context: RowsContext): NewRow | undefined {
	const isMessage = event.type === "m.room.message";
	// Whoever made the room joins it with the next event: that needs no line of its own.
	if (!isMessage && previous?.type === "m.room.create") return undefined;
	if (!isMessage && serviceText(event, { names: noNames, isDirect: context.isDirect }) === undefined) return undefined;
	const isOwn = event.sender === context.ownUserId;
	return {
		key: (isOwn ? event.transactionId : undefined) ?? event.eventId,
		kind: isMessage ? "message" : "service",
		eventId: event.eventId,
		senderId: event.sender,
		isOwn,
		ts: event.originServerTs,
		...extentOf(bodyOf(event) ?? ""),
		picture: pictureOf(event)?.box,
		source: { kind: "event", event },
	};
}

function rowOfOutbox(item: OutboxItem): NewRow {
	return {
		key: item.transactionId,
		kind: "message",
		eventId: undefined,
		senderId: item.userId,
		isOwn: true,
		ts: item.createdTs,
		...extentOf(item.body),
		picture: item.picture && boxOf(item.picture.width, item.picture.height),
		source: { kind: "outbox", item },
	};
}

function extentOf(body: string): { readonly length: number; readonly lines: number } {
	let lines = 1;
	for (let at = body.indexOf("\n"); at !== -1; at = body.indexOf("\n", at + 1)) lines += 1;
	return { length: body.length, lines };
}
