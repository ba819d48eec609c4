import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { RowHead } from "./timeline-snapshot.ts";

/** One message at a time is where Tab leads to; it is remembered while the person is elsewhere. */
export function useRovingFocus(heads: readonly RowHead[], scroller: RefObject<HTMLDivElement | null>) {
	const [activeKey, setActiveKey] = useState<string | undefined>();
	const wanted = useRef<string | undefined>(undefined);
	useLayoutEffect(() => {
		if (wanted.current === undefined) return;
		const row = scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(wanted.current)}"]`);
		if (row === null || row === undefined) return;
		wanted.current = undefined;
		row.focus({ preventScroll: true });
	});
	return {
		activeKey,
		activeIndex: activeKey === undefined ? -1 : heads.findIndex((head) => head.key === activeKey),
		setActiveKey,
		/** Moves the focus to a row as soon as it is drawn. */
		focusRow: (key: string) => {
			wanted.current = key;
			setActiveKey(key);
		},
	};
}

/** The next message in a direction, lines about the chat left out; -1 where there is none. */
export function nextMessage(heads: readonly RowHead[], from: number, step: 1 | -1): number {
	let index = from + step;
	while (heads[index] !== undefined && heads[index]?.kind !== "message") index += step;
	return heads[index] === undefined ? -1 : index;
}
