import { useMutation } from "@tanstack/react-query";
import { type NextRouter, useRouter } from "next/router";
import { useCallback, useEffect, useRef, useState } from "react";
import { catchUpAddress, catchUpPart, eventAddress, roomAddress } from "../../client/rooms/addresses.ts";
import { closeWindow, openAround } from "../../client/rooms/history.ts";
import { shownAgain } from "../../client/rooms/shown-again.ts";
import { clientStore } from "../../client/store/client-store.ts";
import type { Timeline } from "../../client/store/room-state.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import type { ScrollPlace } from "./scroll-places.ts";
import type { TimelineMove } from "./timeline-move.ts";

/**
 * The message that the address names: its surroundings are read if they are not here, and the conversation goes there.
 * Back leads to where the person was before.
 */
export function useShownEvent(roomId: string, eventId: string | undefined) {
	const router = useRouter();
	const { move, go } = useMove();
	const before = useRef<ScrollPlace | undefined>(undefined);
	const shown = useRef<string | undefined>(undefined);
	const [isOpening, setOpening] = useState(eventId !== undefined && !isHere(roomId, eventId));
	const { mutate, reset, error } = useMutation({
		mutationFn: (id: string) => openAround(roomId, id),
		onSettled: () => setOpening(false),
	});
	useEffect(() => {
		const left = shown.current;
		shown.current = eventId;
		if (eventId !== undefined) {
			go({ kind: "event", eventId });
			if (inTimeline(clientStore.get().rooms.get(roomId)?.timeline, eventId)) closeWindow(roomId);
			else if (!isHere(roomId, eventId)) mutate(eventId);
		} else if (left !== undefined) {
			closeWindow(roomId);
			go(before.current === undefined ? { kind: "end" } : { kind: "place", place: before.current });
		}
	}, [roomId, eventId, go, mutate]);
	useEffect(() => shownAgain.subscribe(() => go({ kind: "event", eventId: shownAgain.get().eventId })), [go]);
	const onShowEvent = useCallback(
		(id: string, from: ScrollPlace | undefined) => {
			if (shown.current === undefined) before.current = from;
			if (shown.current === id) go({ kind: "event", eventId: id });
			else void router.push(addressOf(router, roomId, id), undefined, { shallow: true });
		},
		[roomId, router, go],
	);
	const onToNewest = useCallback(() => {
		before.current = undefined;
		closeWindow(roomId);
		go({ kind: "end" });
		if (shown.current !== undefined) void router.replace(addressOf(router, roomId), undefined, { shallow: true });
	}, [roomId, router, go]);
	return { move, isOpening, notice: noticeOf(error), onDismiss: reset, onShowEvent, onToNewest };
}

/** A summary stays open beside the message that it led to, where both fit. */
function addressOf({ query }: NextRouter, roomId: string, eventId?: string): string {
	const { path } = query;
	const isBeside = Array.isArray(path) && path[1] === catchUpPart;
	if (eventId !== undefined) return isBeside ? catchUpAddress(roomId, eventId) : eventAddress(roomId, eventId);
	return isBeside && matchMedia("(min-width: 1200px)").matches ? catchUpAddress(roomId) : roomAddress(roomId);
}

function useMove() {
	const [move, setMove] = useState<TimelineMove | undefined>();
	const go = useCallback((to: TimelineMove["to"]) => setMove((last) => ({ id: (last?.id ?? 0) + 1, to })), []);
	return { move, go };
}

function isHere(roomId: string, eventId: string): boolean {
	const room = clientStore.get().rooms.get(roomId);
	return inTimeline(room?.timeline, eventId) || inTimeline(room?.history?.timeline, eventId);
}

function inTimeline(timeline: Timeline | undefined, eventId: string): boolean {
	return timeline?.events.some((event) => event.eventId === eventId) === true;
}

/** Whether a message does not exist or may not be seen, the server does not tell apart. */
function noticeOf(error: Error | null): string | undefined {
	if (error === null) return undefined;
	const { code } = failureOf(error);
	return code === "not-found" || code === "bad-input" ? text("chat.messageMissing") : failureText(code);
}
