import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { onListKey } from "./list-keys.ts";
import type { MessageListProps } from "./list-props.ts";
import type { ScrollPlace } from "./scroll-places.ts";
import type { TimelineMove } from "./timeline-move.ts";
import { useEdges } from "./use-edges.ts";
import { useMoves } from "./use-moves.ts";
import { nextMessage, useRovingFocus } from "./use-roving-focus.ts";
import { useVirtualRows, type VirtualRows } from "./use-virtual-rows.ts";

/** How long a message that was gone to is marked. */
const goalMs = 2400;

/** The behaviour of the list of messages: what is drawn, where it stands, what has the focus. */
export function useMessageList(props: MessageListProps) {
	"use no memo";
	const { heads, read } = props.rows;
	const scroller = useRef<HTMLDivElement>(null);
	const focus = useRovingFocus(heads, scroller);
	const isWritten = props.writers.length > 0;
	const rows = useVirtualRows({ ...props, heads, scroller, isWritten, activeIndex: focus.activeIndex });
	const edges = useEdges(props, scroller, rows);
	const [goal, setGoal] = useGoal();
	const onArrive = (key: string) => {
		setGoal(key);
		focus.focusRow(key);
	};
	const [first] = useState(() => firstMove(props.place));
	useMoves({ move: props.move ?? first, heads, isLive: props.isLive, scroller, rows, onArrive });
	useOwnFollowed(props, rows);
	const placeNow = useRef<() => ScrollPlace | undefined>(() => undefined);
	useLayoutEffect(() => {
		placeNow.current = () => (edges.isAtNewest ? undefined : placeOf(scroller.current, rows, heads));
	});
	useLeaving(placeNow, props.onLeave);
	const { actions: given, onShowEvent } = props;
	const actions = useMemo(
		() => ({ ...given, onShowQuoted: (eventId: string) => onShowEvent(eventId, placeNow.current()) }),
		[given, onShowEvent],
	);
	const goTo = (index: number) => {
		const key = heads[index]?.key;
		if (key === undefined) return;
		bringIntoSight(scroller.current, rows, index);
		focus.focusRow(key);
	};
	const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
		const row = read(focus.activeIndex);
		onListKey(event, {
			message: row?.kind === "message" ? row : undefined,
			actions,
			onStep: (step) => goTo(nextMessage(heads, startOf(focus.activeIndex, scroller.current, rows), step)),
			onEdge: (edge) => goTo(edge === "first" ? nextMessage(heads, -1, 1) : nextMessage(heads, heads.length, -1)),
		});
	};
	return { scroller, rows, edges, goal, focus, actions, onKeyDown };
}

/** The rows turn out other than they were guessed: the place to begin at is gone to like any other. */
function firstMove(place: ScrollPlace | undefined): TimelineMove {
	return { id: 0, to: place === undefined ? { kind: "end" } : { kind: "place", place } };
}

/** The message that was gone to, for as long as it is marked. */
function useGoal() {
	const [goal, setGoal] = useState<string | undefined>();
	useEffect(() => {
		if (goal === undefined) return;
		const timer = setTimeout(() => setGoal(undefined), goalMs);
		return () => clearTimeout(timer);
	}, [goal]);
	return [goal, setGoal] as const;
}

/** Whoever sends something looks at it, wherever they were. */
function useOwnFollowed({ rows: { heads } }: MessageListProps, rows: VirtualRows): void {
	const last = heads.at(-1);
	const sending = last !== undefined && last.eventId === undefined ? last.key : undefined;
	const known = useRef(sending);
	useLayoutEffect(() => {
		if (sending !== undefined && sending !== known.current) rows.scrollToEnd();
		known.current = sending;
	}, [sending, rows]);
}

function useLeaving(placeNow: RefObject<() => ScrollPlace | undefined>, onLeave: MessageListProps["onLeave"]): void {
	useLayoutEffect(
		() => () => {
			onLeave(placeNow.current());
		},
		[placeNow, onLeave],
	);
}

function placeOf(
	box: HTMLElement | null,
	rows: VirtualRows,
	heads: MessageListProps["rows"]["heads"],
): ScrollPlace | undefined {
	const top = box?.scrollTop ?? 0;
	const first = rows.getVirtualItemForOffset(top);
	const key = first && heads[first.index]?.key;
	if (first === undefined || key === undefined) return undefined;
	return { key, offsetPx: top - first.start, sizes: new Map(rows.itemSizeCache) };
}

/** Where arrows begin: at the message in focus, else at the last one on the screen. */
function startOf(activeIndex: number, box: HTMLElement | null, rows: VirtualRows): number {
	if (activeIndex !== -1 || box === null) return activeIndex;
	const bottom = box.scrollTop + box.clientHeight;
	return (rows.getVirtualItems().findLast(({ start }) => start < bottom)?.index ?? -1) + 1;
}

function bringIntoSight(box: HTMLElement | null, rows: VirtualRows, index: number): void {
	const item = rows.getVirtualItems().find((one) => one.index === index);
	if (box === null) return;
	const start = item?.start ?? rows.getOffsetForIndex(index, "start")?.[0] ?? 0;
	const end = item?.end ?? start;
	const edge = 12;
	if (start < box.scrollTop + edge) box.scrollTop = start - edge;
	else if (end > box.scrollTop + box.clientHeight - edge) box.scrollTop = end + edge - box.clientHeight;
}
