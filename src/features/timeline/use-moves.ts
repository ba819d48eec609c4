import { type RefObject, useLayoutEffect, useRef } from "react";
import type { TimelineMove } from "./timeline-move.ts";
import type { RowHead } from "./timeline-snapshot.ts";
import type { VirtualRows } from "./use-virtual-rows.ts";

/** Frames in which the goal is set right while rows around it are drawn and measured. */
const settlingFrames = 12;

export interface MovesInput {
	readonly move: TimelineMove;
	readonly heads: readonly RowHead[];
	readonly isLive: boolean;
	readonly scroller: RefObject<HTMLDivElement | null>;
	readonly rows: VirtualRows;
	/** A message was gone to. */
	readonly onArrive: (key: string) => void;
}

/** Goes where it is asked to, once the row is there. */
export function useMoves({ move, heads, isLive, scroller, rows, onArrive }: MovesInput): void {
	const done = useRef<number | undefined>(undefined);
	const settling = useRef(0);
	useLayoutEffect(() => () => cancelAnimationFrame(settling.current), []);
	useLayoutEffect(() => {
		const box = scroller.current;
		if (move.id === done.current || box === null) return;
		const { to } = move;
		if (to.kind === "end") {
			if (!isLive) return;
			done.current = move.id;
			rows.scrollToEnd();
			return;
		}
		const index = heads.findIndex((head) =>
			to.kind === "event" ? head.eventId === to.eventId : head.key === to.place.key,
		);
		if (index === -1) return;
		done.current = move.id;
		const goal = to.kind === "event" ? centre : belowEdge(to.place.offsetPx);
		box.scrollTop = rows.getOffsetForIndex(index, to.kind === "event" ? "center" : "start")?.[0] ?? 0;
		const key = heads[index]?.key ?? "";
		const settle = (framesLeft: number): void => {
			const row = rows.elementsCache.get(key);
			if (row !== undefined) box.scrollTop += goal(row.getBoundingClientRect(), box.getBoundingClientRect());
			if (framesLeft > 0) settling.current = requestAnimationFrame(() => settle(framesLeft - 1));
		};
		cancelAnimationFrame(settling.current);
		settling.current = requestAnimationFrame(() => settle(settlingFrames));
		if (to.kind === "event") onArrive(key);
	});
}

/** How far the row is from the middle of the screen; a row higher than the screen begins at its upper edge. */
function centre(row: DOMRect, box: DOMRect): number {
	return Math.round(row.top - box.top - Math.max(0, (box.height - row.height) / 2));
}

function belowEdge(offsetPx: number) {
	return (row: DOMRect, box: DOMRect): number => Math.round(row.top - box.top + offsetPx);
}
