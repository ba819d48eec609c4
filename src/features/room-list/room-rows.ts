import type { Draft } from "../../client/drafts/drafts.ts";
import { applyPendingToRow } from "../../client/outbox/apply-pending.ts";
import { isMessage, type OutboxEntry } from "../../client/outbox/outbox-entry.ts";
import type { OutboxItem } from "../../client/outbox/outbox-item.ts";
import { roomAddress } from "../../client/rooms/addresses.ts";
import { type ListedRoom, listedRooms } from "../../client/rooms/listed-rooms.ts";
import type { EphemeralState } from "../../client/store/apply-ephemeral.ts";
import { bodyOf } from "../../client/store/event-content.ts";
import type { RoomState } from "../../client/store/room-state.ts";
import { tickOf } from "../../client/store/tick-of.ts";
import { listTime } from "../../shared/text/dates.ts";
import { localpartOf, roomName, roomPictureId } from "../../shared/text/names.ts";
import { typingText } from "../../shared/text/presence.ts";
import { text } from "../../shared/text/text.ts";
import type { RoomRowSnapshot } from "./room-row-view.tsx";

export interface RowContext extends EphemeralState {
	readonly ownUserId: string;
	readonly currentRoomId: string | undefined;
	/** What this device has on its way, changes too. */
	readonly outbox: readonly OutboxEntry[];
	readonly drafts: ReadonlyMap<string, Draft>;
	readonly now: number;
}

/** The rows of the chat list, newest first. */
export function buildRows(rooms: Iterable<RoomState>, context: RowContext): readonly RoomRowSnapshot[] {
	const messages = context.outbox.filter(isMessage);
	return listedRooms(rooms).map((room) =>
		buildRow(applyPendingToRow(room, context.outbox), {
			...context,
			waiting: messages.findLast((item) => item.roomId === room.roomId && item.state.kind !== "stored"),
		}),
	);
}

interface OneRowContext extends RowContext {
	/** The newest message of the reader that has not gone out. */
	readonly waiting: OutboxItem | undefined;
}

function buildRow(room: ListedRoom, context: OneRowContext): RoomRowSnapshot {
	const { summary } = room;
	const { waiting } = context;
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
		tick: tickOfRow(room, context),
		previewSender: waiting || isOwn || summary.kind === "direct" || !last ? undefined : senderOf(room, last.sender),
		preview: waiting?.body ?? preview(room),
		draft: waiting?.state.kind === "failed" ? undefined : draftOf(room, context),
		typing: typingOf(room, context),
		isOnline: isOtherOnline(room, context),
		isInvite: summary.membership === "invite",
		hasFailed: waiting?.state.kind === "failed",
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

/** What was begun in a chat that is not open; a change of a message is no draft of its own. */
function draftOf({ roomId }: ListedRoom, context: RowContext): string | undefined {
	const draft = roomId === context.currentRoomId ? undefined : context.drafts.get(roomId);
	return draft?.target?.kind === "edit" || draft?.text.trim() === "" ? undefined : draft?.text;
}

function tickOfRow(room: ListedRoom, context: OneRowContext) {
	const { waiting } = context;
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
	if (lastMessage === undefined) return text("list.nothing");
	if (lastMessage.redactedBy !== undefined) return text("room.deleted");
	return bodyOf(lastMessage) ?? text("room.unknown");
}

function senderOf(room: RoomState, userId: string): string {
	const hero = room.summary?.heroes.find((one) => one.userId === userId);
	return room.names.get(userId) ?? hero?.displayName ?? localpartOf(userId);
}
