import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { loadNewerInWindow, loadOlderInWindow } from "../../client/rooms/history.ts";
import { loadOlderEvents, refreshNewest } from "../../client/rooms/paging.ts";
import type { RoomState } from "../../client/store/room-state.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import type { PageState } from "./list-props.ts";

/** The pages of a conversation: the first one is read by itself, the others when somebody comes near. */
export function usePages(room: RoomState, isReadable: boolean) {
	const { roomId, history } = room;
	const isLive = history === undefined;
	const older = useMutation({
		mutationFn: (isRetry: boolean) => (isLive ? loadOlderEvents(roomId, isRetry) : loadOlderInWindow(roomId, isRetry)),
	});
	const newer = useMutation({ mutationFn: () => loadNewerInWindow(roomId) });
	const { mutate: refresh } = useMutation({ mutationFn: () => refreshNewest(roomId) });
	const { events, isComplete, isStale } = room.timeline;
	const isEmpty = events.length === 0 && !isComplete;
	const { mutate: mutateOlder } = older;
	const { mutate: mutateNewer } = newer;
	// Whoever asks again after a failure means it.
	const { isError } = older;
	const onOlder = useCallback(() => mutateOlder(isError), [mutateOlder, isError]);
	const onNewer = useCallback(() => mutateNewer(), [mutateNewer]);
	useEffect(() => {
		if (isEmpty && isReadable) mutateOlder(false);
	}, [isEmpty, isReadable, mutateOlder]);
	useEffect(() => {
		if (isStale) refresh();
	}, [isStale, refresh]);
	const hasOlder = !(history?.timeline ?? room.timeline).isComplete;
	return {
		state: !isEmpty || !isLive ? ("ready" as const) : older.isError ? ("failed" as const) : ("loading" as const),
		older: isAway(older.error) ? ("away" as const) : pageState(hasOlder, older),
		olderFrom: (history?.timeline ?? room.timeline).olderFrom?.join(", "),
		newer: pageState(history?.newerCursor !== undefined, newer),
		onOlder,
		onNewer,
	};
}

/**
 * Goes back in time until there is something to see: of a chat that one was just let into, this server may have nothing
 * but who came and went, and the messages are with other servers. Answers what the conversation shows until then.
 */
export function useSomethingShown({ state, older, onOlder }: ReturnType<typeof usePages>, hasRows: boolean) {
	const isBare = state === "ready" && !hasRows;
	useEffect(() => {
		if (isBare && older === "idle") onOlder();
	}, [isBare, older, onOlder]);
	if (!isBare || older === "none" || older === "away") return state;
	return older === "failed" ? ("failed" as const) : ("loading" as const);
}

function pageState(exists: boolean, call: { readonly isPending: boolean; readonly isError: boolean }): PageState {
	if (!exists) return "none";
	return call.isPending ? "loading" : call.isError ? "failed" : "idle";
}

/** What is older is on servers that nobody can ask now. */
function isAway(error: Error | null): boolean {
	return error !== null && failureOf(error).code === "history-away";
}
