import type { Draft } from "../../client/drafts/drafts.ts";
import { applyPendingToRow } from "../../client/outbox/apply-pending.ts";
import { isMessage, type OutboxEntry } from "../../client/outbox/outbox-entry.ts";
import type { OutboxItem } from "../../client/outbox/outbox-item.ts";
import { roomAddress } from "../../client/rooms/addresses.ts";
import type { ListedRoom } from "../../client/rooms/listed-rooms.ts";
import type { EphemeralState } from "../../client/store/apply-ephemeral.ts";
import { closedReasonOf } from "../../client/store/event-seal.ts";
import { photoWords, wordsOf } from "../../client/store/message-words.ts";
import type { RoomState } from "../../client/store/room-state.ts";
import { tickOf } from "../../client/store/tick-of.ts";
import { sealedWith } from "../../client/verification/sealed-with.ts";
import { listTime } from "../../shared/text/dates.ts";
import { localpartOf, roomName, roomPictureId } from "../../shared/text/names.ts";
import { typingText } from "../../shared/text/presence.ts";
import { text } from "../../shared/text/text.ts";
import type { RoomRowSnapshot } from "./room-row-view.tsx";

export interface RowContext extends EphemeralState {
	readonly ownUserId: string;
	readonly currentRoomId: string | undefined;
	/** Of whom the reader has made sure who they are. */
	readonly verified: ReadonlySet<string>;
	/** What this device has on its way, changes too. */
	readonly outbox: readonly OutboxEntry[];
	readonly drafts: ReadonlyMap<string, Draft>;
	readonly now: number;
}

/** Says what a chat's row shows. */
export type ReadRow = (room: ListedRoom, context: RowContext) => RoomRowSnapshot;

/** Rows are built when they are asked for, and again only when something that they say has changed. */
export function createRowReader(): ReadRow {
	const built = new WeakMap<ListedRoom, { readonly madeOf: readonly unknown[]; readonly row: RoomRowSnapshot }>();
	return (listed, context) => {
		const room = applyPendingToRow(listed, context.outbox);
		const madeOf = sourcesOf(room, context);
		const known = built.get(room);
		if (known?.madeOf.every((part, index) => part === madeOf[index])) return known.row;
		const row = buildRow(room, context);
		built.set(room, { madeOf, row });
		return row;
	};
}

/** What a row depends on besides the room. */
function sourcesOf(room: ListedRoom, context: RowContext): readonly unknown[] {
	const { ownUserId, currentRoomId, drafts, typing, now } = context;
	return [
		ownUserId,
		room.roomId === currentRoomId,
		waitingIn(room, context),
		drafts.get(room.roomId),
		typing.get(room.roomId),
		isOtherOnline(room, context),
		isOtherVerified(room, context),
		now,
	];
}

/** The newest message of this device that is not on the server yet. */
function waitingIn({ roomId }: ListedRoom, { outbox }: RowContext): OutboxItem | undefined {
	return outbox.filter(isMessage).findLast((item) => item.roomId === roomId && item.state.kind !== "stored");
}

function buildRow(room: ListedRoom, context: RowContext): RoomRowSnapshot {
	const { summary } = room;
	const waiting = waitingIn(room, context);
	const last = summary.lastMessage;
	const isOwn = last?.sender === context.ownUserId;
	const ts = waiting?.createdTs ?? last?.originServerTs;
	return {
		roomId: room.roomId,
		href: roomAddress(room.roomId),
		isCurrent: room.roomId === context.currentRoomId,
		name: roomName(summary),
		pictureId: roomPictureId(summary),
		time: ts === undefined ? "" : listTime(ts, context.now),
		tick: tickOfRow(room, context, waiting),
		previewSender: waiting || isOwn || summary.kind === "direct" || !last ? undefined : senderOf(room, last.sender),
		preview: waiting === undefined ? preview(room) : waiting.picture ? photoWords(waiting.body) : waiting.body,
		draft: waiting?.state.kind === "failed" ? undefined : draftOf(room, context),
		typing: typingOf(room, context),
		isOnline: isOtherOnline(room, context),
		isVerified: isOtherVerified(room, context),
		isSpace: summary.kind === "space",
		isInvite: summary.membership === "invite",
		hasFailed: waiting?.state.kind === "failed",
		knockCount: summary.knockCount ?? 0,
		unreadCount: summary.unreadCount,
		isMentioned: summary.mentionCount > 0,
	};
}

function typingOf(room: ListedRoom, { typing }: RowContext): string | undefined {
	const names = (typing.get(room.roomId) ?? []).map((userId) => senderOf(room, userId));
	return typingText(names, room.summary.kind === "direct");
}

function isOtherOnline({ summary }: ListedRoom, { presence }: RowContext): boolean {
	const other = summary.kind === "direct" ? summary.heroes[0] : undefined;
	return other !== undefined && presence.get(other.userId)?.isOnline === true;
}

function isOtherVerified({ summary }: ListedRoom, { verified }: RowContext): boolean {
	const other = sealedWith(summary);
	return other !== undefined && verified.has(other);
}

/** What was begun in a chat that is not open; a change of a message is no draft of its own. */
function draftOf({ roomId }: ListedRoom, context: RowContext): string | undefined {
	const draft = roomId === context.currentRoomId ? undefined : context.drafts.get(roomId);
	return draft?.target?.kind === "edit" || draft?.text.trim() === "" ? undefined : draft?.text;
}

function tickOfRow(room: ListedRoom, context: RowContext, waiting: OutboxItem | undefined) {
	if (waiting !== undefined) return waiting.state.kind === "failed" ? undefined : "queued";
	const last = room.summary.lastMessage;
	if (last === undefined || last.sender !== context.ownUserId || last.redactedBy !== undefined) return undefined;
	return tickOf(last.position, { progress: room.progress, joinedCount: room.summary.joinedCount });
}

function preview(room: ListedRoom): string {
	const { membership, invitedBy, lastMessage } = room.summary;
	if (membership === "invite") {
		return invitedBy === undefined
			? text("list.invitedSomeone")
			: text("list.invited", { name: senderOf(room, invitedBy) });
	}
	if (room.summary.wasRefused === true) return text("list.refused");
	if (membership === "knock") return text("list.asked");
	if (lastMessage === undefined) return text(room.summary.kind === "space" ? "list.space" : "list.nothing");
	if (lastMessage.redactedBy !== undefined) return text("room.deleted");
	return wordsOf(lastMessage) ?? text(closedReasonOf(lastMessage) === undefined ? "room.unknown" : "room.closed");
}

function senderOf(room: RoomState, userId: string): string {
	const hero = room.summary?.heroes.find((one) => one.userId === userId);
	return room.names.get(userId) ?? hero?.displayName ?? localpartOf(userId);
}
