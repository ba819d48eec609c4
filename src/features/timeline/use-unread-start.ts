import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useClientState } from "../../client/hooks/use-client.ts";
import { openAtUnread } from "../../client/rooms/history.ts";
import { noteUnreadStart } from "../../client/rooms/unread-starts.ts";
import { clientStore } from "../../client/store/client-store.ts";
import { comparePositions } from "../../client/store/position.ts";
import type { RoomState, Timeline } from "../../client/store/room-state.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import type { WireRoomSummary } from "../../shared/wire/room.ts";

export interface UnreadStart {
	/** How far was read when the chat was opened; absent where nothing was unread. It stays while the chat is open. */
	readonly readPosition: string | undefined;
	/** True while the place where the new messages begin is asked for. */
	readonly isSeeking: boolean;
}

/**
 * Where the new messages of a chat begin. Where that is farther back than what is here, it is read with its
 * surroundings, however far: two pages. Without a network the chat opens at its end, as it does for everything that was read.
 */
export function useUnreadStart(room: RoomState, summary: WireRoomSummary | undefined, isWanted: boolean): UnreadStart {
	const { roomId, timeline } = room;
	const ownUserId = useClientState((state) => state.me?.userId);
	const position = useReadPosition(summary);
	const readPosition = position === "none" ? joinIn(timeline, ownUserId) : position;
	useEffect(() => noteUnreadStart(roomId, readPosition), [roomId, readPosition]);
	const [isDone, setDone] = useState(!isWanted);
	const isOffline = useClientState((state) => state.connection.kind === "offline");
	const { mutate, isIdle } = useMutation({
		mutationFn: (position: string) => openAtUnread(roomId, position),
		onSettled: () => setDone(true),
	});
	const isHere = readPosition === undefined || reachesBackTo(timeline, readPosition);
	// Before the newest page is here, nothing is known of how far it reaches.
	const isReady = timeline.events.length > 0 || timeline.isComplete;
	useEffect(() => {
		if (isDone || !isReady || readPosition === undefined) return;
		if (isHere || isOffline) setDone(true);
		else if (isIdle) mutate(readPosition);
	}, [isDone, isReady, isHere, isOffline, isIdle, mutate, readPosition]);
	return { readPosition, isSeeking: !isDone && isReady && !isHere };
}

/**
 * How far was read at the opening, if something is new behind it; "none": nothing ever was. What was kept from an earlier page does not know what
 * came since: then the first word of the stream decides.
 */
function useReadPosition(summary: WireRoomSummary | undefined): string | "none" | undefined {
	const isUnread = summary !== undefined && summary.unreadCount > 0;
	const [atOpening] = useState(() => {
		const { connection, position } = clientStore.get();
		return { readPosition: summary?.readPosition, position, isFresh: connection.kind === "online" };
	});
	const [known, setKnown] = useState(atOpening.isFresh || isUnread ? isUnread : undefined);
	const isTold = useClientState((state) => state.position !== atOpening.position);
	if (known === undefined && isTold) setKnown(isUnread);
	return (known ?? (isTold && isUnread)) ? (atOpening.readPosition ?? "none") : undefined;
}

/** Where somebody came in: to who never read anything, all that was said since is new. Absent where that is not here. */
function joinIn({ events }: Timeline, userId: string | undefined): string | undefined {
	const isJoin = ({ type, stateKey, content, previousContent }: WireEvent): boolean =>
		type === "m.room.member" &&
		stateKey === userId &&
		content["membership"] === "join" &&
		previousContent?.["membership"] !== "join";
	return events.findLast(isJoin)?.position;
}

function reachesBackTo({ events, isComplete }: Timeline, position: string): boolean {
	const oldest = events[0];
	return isComplete || (oldest !== undefined && comparePositions(oldest.position, position) <= 0);
}
