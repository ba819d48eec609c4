import { type RefObject, useLayoutEffect, useRef } from "react";
import { endThresholdPx } from "./use-virtual-rows.ts";

/**
 * Keeps the last line that is seen where it is when the conversation gets higher or lower: the composer grows, a
 * keyboard comes up, the window changes. Whoever stands at the end stays there when something comes or goes behind the
 * last row. Returns what to call after each scroll and each change of the contents.
 */
export function useKeptEnd(scroller: RefObject<HTMLDivElement | null>, isWritten: boolean): () => void {
	const gap = useRef(0);
	const height = useRef(0);
	const note = () => {
		const box = scroller.current;
		// With a new height the gap is not what the reader left, but what is still to be made good.
		if (box === null || box.clientHeight !== height.current) return;
		gap.current = box.scrollHeight - box.clientHeight - box.scrollTop;
	};
	useLayoutEffect(() => {
		const box = scroller.current;
		if (box === null) return;
		height.current = box.clientHeight;
		const observer = new ResizeObserver(() => {
			if (box.clientHeight === height.current) return;
			height.current = box.clientHeight;
			box.scrollTop = box.scrollHeight - box.clientHeight - gap.current;
		});
		observer.observe(box);
		return () => observer.disconnect();
	}, [scroller]);
	// biome-ignore lint/correctness/useExhaustiveDependencies: it is the change itself that moves the end.
	useLayoutEffect(() => {
		const box = scroller.current;
		if (box !== null && gap.current <= endThresholdPx) {
			box.scrollTop = box.scrollHeight - box.clientHeight - gap.current;
		}
	}, [scroller, isWritten]);
	return note;
}
