import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useClientState, useOutbox, useRoom } from "../../client/hooks/use-client.ts";
import { useIsPageVisible } from "../../client/hooks/use-is-page-visible.ts";
import { useNow } from "../../client/hooks/use-now.ts";
import { clientOutbox } from "../../client/outbox/client-outbox.ts";
import { deleteMessage, toggleReaction } from "../../client/rooms/message-changes.ts";
import { loadOlderEvents, refreshNewest } from "../../client/rooms/paging.ts";
import { markRead } from "../../client/rooms/read-position.ts";
import { drafts, setDraft } from "../../client/store/drafts.ts";
import { bodyOf } from "../../client/store/event-content.ts";
import { emptyRoom, type RoomState } from "../../client/store/room-state.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import type { WireMember, WireRoomDetails } from "../../shared/wire/room.ts";
import { buildTimeline } from "./build-timeline.ts";

export interface TimelineSources {
	readonly roomId: string;
	/** What the queries of the page know beyond the subscription; absent while they load. */
	readonly details: WireRoomDetails | undefined;
	readonly members: readonly WireMember[] | undefined;
}

/** The conversation of one room. Mount it anew for another room: what was unread is remembered from the opening. */
export function useTimeline({ roomId, details, members }: TimelineSources) {
	const known = useRoom(roomId);
	const room = useMemo(() => known ?? emptyRoom(roomId), [known, roomId]);
	const summary = room.summary ?? details?.summary;
	const older = useOlderEvents(room, summary?.membership === "join");
	const days = useDays(room, details, members);
	const [isAtEnd, setAtEnd] = useState(true);
	useReading(room, isAtEnd);
	const [deleting, setDeleting] = useState<string | undefined>();
	const change = useMutation({ mutationFn: (work: () => Promise<void>) => work() });
	const find = (eventId: string) => room.timeline.events.find((event) => event.eventId === eventId);
	const isJoined = summary?.membership === "join" && summary.replacementRoomId === undefined;
	return {
		days,
		state: older.state,
		hasOlder: !room.timeline.isComplete,
		older: older.older,
		onOlder: older.load,
		onRetry: older.load,
		onAtEnd: setAtEnd,
		notice: change.error === null ? undefined : failureText(failureOf(change.error).code),
		onDismissNotice: () => change.reset(),
		isDeleting: deleting !== undefined,
		onCancelDelete: () => setDeleting(undefined),
		onConfirmDelete: () => {
			if (deleting !== undefined) deleteMessage(roomId, deleting);
			setDeleting(undefined);
		},
		actions: {
			canSend: isJoined && (details?.permissions.send ?? true),
			canDeleteOthers: isJoined && (details?.permissions.redactOthers ?? false),
			onReact: (eventId: string, key: string) => {
				const event = find(eventId);
				if (event !== undefined) toggleReaction(roomId, event, key);
			},
			onReply: (eventId: string) => aim(roomId, "reply", find(eventId)),
			onEdit: (eventId: string) => aim(roomId, "edit", find(eventId)),
			onDelete: setDeleting,
			onCopy: (body: string) => {
				change.mutate(() => navigator.clipboard.writeText(body));
			},
			onRetry: (transactionId: string) => clientOutbox.retry(transactionId),
			onDiscard: (transactionId: string) => clientOutbox.remove(transactionId),
		},
	};
}

/** Points the composer at a message: to answer it, or to change it. */
function aim(roomId: string, kind: "reply" | "edit", event: WireEvent | undefined): void {
	if (event === undefined) return;
	const written = drafts.get().get(roomId)?.text ?? "";
	setDraft(roomId, { text: kind === "edit" ? (bodyOf(event) ?? "") : written, target: { kind, event } });
}

function useDays(room: RoomState, details: WireRoomDetails | undefined, members: readonly WireMember[] | undefined) {
	const ownUserId = useClientState((state) => state.me?.userId ?? "");
	const outbox = useOutbox();
	const now = useNow();
	const [readPosition] = useState(room.summary?.unreadCount === 0 ? undefined : room.summary?.readPosition);
	return useMemo(() => {
		const summary = room.summary ?? details?.summary;
		const names = new Map(members?.map((member) => [member.userId, member.displayName]));
		for (const [userId, name] of room.names) names.set(userId, name);
		const arrived = new Set(room.timeline.events.map((event) => event.transactionId));
		const waiting = outbox.filter((item) => item.roomId === room.roomId && !arrived.has(item.transactionId));
		return buildTimeline(room.timeline.events, waiting, {
			ownUserId,
			isDirect: summary?.kind === "direct",
			names,
			ticks: { progress: progressOf(room, details), joinedCount: summary?.joinedCount ?? 0 },
			readPosition,
			now,
		});
	}, [room, details, members, outbox, ownUserId, readPosition, now]);
}

/** The subscription brings changes of the progress; before the first one, what the query read is what there is. */
function progressOf(room: RoomState, details: WireRoomDetails | undefined): RoomState["progress"] {
	const hasOwn = room.progress.reads.length > 0 || room.progress.deliveredPosition !== undefined;
	return hasOwn ? room.progress : (details?.progress ?? room.progress);
}

function useOlderEvents(room: RoomState, isReadable: boolean) {
	const { roomId } = room;
	const { mutate, isPending, isError } = useMutation({ mutationFn: () => loadOlderEvents(roomId) });
	const refresh = useMutation({ mutationFn: () => refreshNewest(roomId) });
	const { events, isComplete, isStale } = room.timeline;
	const isEmpty = events.length === 0 && !isComplete;
	const load = useCallback(() => mutate(), [mutate]);
	useEffect(() => {
		if (isEmpty && isReadable) mutate();
	}, [isEmpty, isReadable, mutate]);
	const { mutate: refreshNow } = refresh;
	useEffect(() => {
		if (isStale) refreshNow();
	}, [isStale, refreshNow]);
	const older = isPending ? "loading" : isError ? "failed" : "idle";
	const state = !isEmpty ? "ready" : isError ? "failed" : "loading";
	return { load, older, state } as const;
}

/** Reading is seeing: the page is visible and stands at its newest message. */
function useReading(room: RoomState, isAtEnd: boolean): void {
	const isVisible = useIsPageVisible();
	const newest = room.timeline.events.at(-1);
	const { roomId } = room;
	useEffect(() => {
		if (!isVisible || !isAtEnd || newest === undefined) return;
		markRead(roomId, newest);
	}, [roomId, isVisible, isAtEnd, newest]);
}
