import { defaultRangeExtractor, measureElement, useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { RowSizes } from "./row-sizes.ts";
import type { ScrollPlace } from "./scroll-places.ts";
import type { RowHead } from "./timeline-snapshot.ts";

/** Nearer to the newest message than this is at it. */
export const endThresholdPx = 40;

const paddingStart = 12;
const paddingEnd = 8;
/** How much room the bubble of those who are writing takes. */
const typingPx = 42;

export interface VirtualRowsInput {
	readonly heads: readonly RowHead[];
	readonly scroller: RefObject<HTMLDivElement | null>;
	/** True while the last row is the newest message of the room. */
	readonly isLive: boolean;
	/** True while somebody is writing: the bubble that says so stands behind the last row. */
	readonly isWritten: boolean;
	/** The row that holds the focus: it stays drawn wherever the person scrolls. */
	readonly activeIndex: number;
	/** Where to begin; absent: at the end. */
	readonly place: ScrollPlace | undefined;
}

/** The rows that are drawn. Rows keep their place on the screen when others come before them, or change above it. */
export function useVirtualRows({ heads, scroller, isLive, isWritten, activeIndex, place }: VirtualRowsInput) {
	// The virtualiser changes in place: memoised by identity, its answers would stand still.
	"use no memo";
	const [sizes] = useState(() => new RowSizes());
	const widthNow = () => scroller.current?.clientWidth ?? innerWidth;
	const getItemKey = useCallback((index: number) => heads[index]?.key ?? index, [heads]);
	const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
		count: heads.length,
		getScrollElement: () => scroller.current,
		getItemKey,
		estimateSize: (index) => sizes.estimate(heads[index], widthNow()),
		measureElement: (element, entry, list) => {
			const height = measureElement(element, entry, list);
			const head = heads[list.indexFromElement(element)];
			if (head !== undefined) sizes.note(head, widthNow(), height);
			return height;
		},
		rangeExtractor: (range) => withIndex(defaultRangeExtractor(range), activeIndex),
		initialRect: { width: 0, height: innerHeight },
		initialOffset: () => firstOffset(heads, place, (head) => sizes.estimate(head, widthNow())),
		initialMeasurementsCache: [...(place?.sizes ?? [])].map(([key, size]) => {
			return { key, size, index: 0, start: 0, end: size, lane: 0 };
		}),
		overscan: 8,
		paddingStart,
		paddingEnd: paddingEnd + (isWritten ? typingPx : 0),
		anchorTo: "end",
		followOnAppend: isLive,
		scrollEndThreshold: endThresholdPx,
	});
	virtualizer.shouldAdjustScrollPositionOnItemSizeChange = sizes.movesReading;
	useNotedLead(virtualizer, sizes, heads[0]?.key);
	return virtualizer;
}

export type VirtualRows = Virtualizer<HTMLDivElement, HTMLDivElement>;

/** Rows in front move the list's position while it is drawn, the browser's only once that is done. */
function useNotedLead(list: VirtualRows, sizes: RowSizes, firstKey: string | undefined): void {
	"use no memo";
	const known = useRef(firstKey);
	const box = list.scrollElement;
	sizes.aheadPx = box !== null && firstKey !== known.current ? (list.scrollOffset ?? 0) - box.scrollTop : 0;
	useLayoutEffect(() => {
		known.current = firstKey;
		sizes.aheadPx = 0;
	});
}

function withIndex(drawn: number[], index: number): number[] {
	if (index === -1 || drawn.includes(index)) return drawn;
	return [...drawn, index].sort((a, b) => a - b);
}

/** The upper edge at the beginning. Past the end means the end: the browser stops there. */
function firstOffset(
	heads: readonly RowHead[],
	place: ScrollPlace | undefined,
	estimate: (head: RowHead) => number,
): number {
	let offset = paddingStart;
	for (const head of heads) {
		if (head.key === place?.key) return Math.max(0, offset + place.offsetPx);
		offset += place?.sizes.get(head.key) ?? estimate(head);
	}
	return offset;
}
