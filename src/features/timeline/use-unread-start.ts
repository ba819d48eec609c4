import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useClientState } from "../../client/hooks/use-client.ts";
import { openAtUnread } from "../../client/rooms/history.ts";
import { comparePositions } from "../../client/store/position.ts";
import type { RoomState, Timeline } from "../../client/store/room-state.ts";
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
	const [readPosition] = useState(summary?.unreadCount === 0 ? undefined : summary?.readPosition);
	const [isDone, setDone] = useState(!isWanted || readPosition === undefined);
	const isOffline = useClientState((state) => state.connection.kind === "offline");
	const { mutate, isIdle } = useMutation({
		mutationFn: (position: string) => openAtUnread(roomId, position),
		onSettled: () => setDone(true),
	});
	const isHere = readPosition === undefined || reachesBackTo(timeline, readPosition);
	// Before the newest page is here, nothing is known of how far it reaches.
	const isReady = timeline.events.length > 0 || timeline.isComplete;
	useEffect(() => {
		if (isDone || !isReady) return;
		if (isHere || isOffline) setDone(true);
		else if (isIdle) mutate(readPosition);
	}, [isDone, isReady, isHere, isOffline, isIdle, mutate, readPosition]);
	return { readPosition, isSeeking: !isDone && isReady && !isHere };
}

function reachesBackTo({ events, isComplete }: Timeline, position: string): boolean {
	const oldest = events[0];
	return isComplete || (oldest !== undefined && comparePositions(oldest.position, position) <= 0);
}
