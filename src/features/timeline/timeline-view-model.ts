import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useAssistant } from "../../client/hooks/use-assistant.ts";
import { useClientState, useOutbox, useRoom } from "../../client/hooks/use-client.ts";
import { useIsPageVisible } from "../../client/hooks/use-is-page-visible.ts";
import { useNow } from "../../client/hooks/use-now.ts";
import { markRead } from "../../client/rooms/read-position.ts";
import { noteVisit } from "../../client/rooms/visited-rooms.ts";
import { emptyRoom, type RoomState } from "../../client/store/room-state.ts";
import { localpartOf } from "../../shared/text/names.ts";
import type { WireMember, WireRoomDetails } from "../../shared/wire/room.ts";
import { afterPaint } from "./after-paint.ts";
import { dayAround } from "./day-around.ts";
import type { Writer } from "./list-props.ts";
import { placeIn, rememberPlace, type ScrollPlace } from "./scroll-places.ts";
import { useAnnouncements } from "./use-announcements.ts";
import { useMessageActions } from "./use-message-actions.ts";
import { usePages, useSomethingShown } from "./use-pages.ts";
import { useRows } from "./use-rows.ts";
import { useShownEvent } from "./use-shown-event.ts";
import { useUnreadStart } from "./use-unread-start.ts";

export interface TimelineSources {
	readonly roomId: string;
	/** The message that the address names. */
	readonly eventId: string | undefined;
	/** What the queries of the page know beyond the subscription; absent while they load. */
	readonly details: WireRoomDetails | undefined;
	readonly members: readonly WireMember[] | undefined;
}

/** The conversation of one room. Mount it anew for another room: what was unread is remembered from the opening. */
export function useTimeline({ roomId, eventId, details, members }: TimelineSources) {
	const known = useRoom(roomId);
	const room = useMemo(() => known ?? emptyRoom(roomId), [known, roomId]);
	const summary = room.summary ?? details?.summary;
	const isLive = room.history === undefined;
	const isJoined = summary?.membership === "join" && summary.replacementRoomId === undefined;
	const pages = usePages(room, summary?.membership === "join");
	const event = useShownEvent(roomId, eventId);
	const now = useNoon();
	const [place] = useState(() => placeIn(roomId));
	const { readPosition, isSeeking } = useUnreadStart(room, summary, eventId === undefined && place === undefined);
	const timeline = room.history?.timeline ?? room.timeline;
	const rows = useRows({ room, timeline, isLive, readPosition, details, members, now });
	const shown = useSomethingShown(pages, rows.heads.length > 0);
	const [isAtEnd, setAtEnd] = useState(false);
	useReading(room, isAtEnd && !isSeeking);
	useSendingFollowed(roomId, isLive, event.onToNewest);
	useEffect(() => noteVisit(roomId), [roomId]);
	const { actions, dialogs } = useMessageActions(roomId, {
		canSend: isJoined && (details?.permissions.send ?? true),
		canDeleteOthers: isJoined && (details?.permissions.redactOthers ?? false),
		canTranslate: useAssistant(roomId).isOffered,
	});
	return {
		...pages,
		actions,
		state: event.isOpening || isSeeking ? ("loading" as const) : shown,
		rows,
		now,
		hasFaces: summary?.kind !== "direct",
		isLive,
		unreadCount: summary?.unreadCount ?? 0,
		writers: useWriters(room, isLive),
		place: eventId === undefined ? (place ?? unreadPlace(rows.heads)) : undefined,
		move: event.move,
		announcement: useAnnouncements(rows, isLive),
		onAtEnd: setAtEnd,
		onToNewest: event.onToNewest,
		onShowEvent: event.onShowEvent,
		onLeave: useCallback((left: ScrollPlace | undefined) => rememberPlace(roomId, left), [roomId]),
		dialogs: {
			...dialogs,
			roomId,
			onShowEvent: event.onShowEvent,
			notice: event.notice ?? dialogs.notice,
			onDismissNotice: event.notice === undefined ? dialogs.onDismissNotice : event.onDismiss,
		},
	};
}

/** The middle of today: for words such as Yesterday, and unchanged all day. */
function useNoon(): number {
	return dayAround(useNow()).start + 12 * 3_600_000;
}

/** What is new begins a little below the upper edge. */
const unreadOffsetPx = -72;

function unreadPlace(heads: ReturnType<typeof useRows>["heads"]): ScrollPlace | undefined {
	const first = heads.find((head) => head.isUnreadStart);
	return first && { key: first.key, offsetPx: unreadOffsetPx, sizes: new Map() };
}

/** Reading is seeing: the page is visible, stands at its newest message, and has painted it. */
function useReading(room: RoomState, isAtEnd: boolean): void {
	const isVisible = useIsPageVisible();
	const newest = room.timeline.events.at(-1);
	const { roomId } = room;
	useEffect(() => {
		if (!isVisible || !isAtEnd || newest === undefined) return;
		return afterPaint(() => markRead(roomId, newest));
	}, [roomId, isVisible, isAtEnd, newest]);
}

const nobody: readonly string[] = [];

function useWriters({ roomId, names }: RoomState, isLive: boolean): readonly Writer[] {
	const writing = useClientState((state) => state.typing.get(roomId)) ?? nobody;
	return useMemo(
		() => (isLive ? writing.map((userId) => ({ userId, name: names.get(userId) ?? localpartOf(userId) })) : []),
		[writing, names, isLive],
	);
}

/** Whoever sends something while they look far back comes to the newest messages with it. */
function useSendingFollowed(roomId: string, isLive: boolean, onToNewest: () => void): void {
	const count = useOutbox().filter((item) => item.roomId === roomId).length;
	const known = useRef(count);
	useEffect(() => {
		if (count > known.current && !isLive) onToNewest();
		known.current = count;
	}, [count, isLive, onToNewest]);
}
