import { type RefObject, useLayoutEffect, useState } from "react";
import type { MessageListProps } from "./list-props.ts";
import { useKeptEnd } from "./use-kept-end.ts";
import { endThresholdPx, type VirtualRows } from "./use-virtual-rows.ts";

/** How far from an end the next page is asked for. */
const nearPx = 1200;
/** How much room the date at the upper edge takes. */
const datePx = 44;

/** What the scroll position means: the newest message in sight, pages to ask for, the day that is read. */
export function useEdges(props: MessageListProps, scroller: RefObject<HTMLDivElement | null>, rows: VirtualRows) {
	const [isAtEnd, setAtEnd] = useState(true);
	const [day, setDay] = useState({ ts: 0, isCovered: true });
	const noteEnd = useKeptEnd(scroller, props.writers.length > 0);
	const { isLive, older, newer, onAtEnd, onOlder, onNewer } = props;
	const { heads } = props.rows;
	const onMove = () => {
		const box = scroller.current;
		if (box === null) return;
		noteEnd();
		const below = box.scrollHeight - box.clientHeight - box.scrollTop;
		setAtEnd(below <= endThresholdPx);
		if (older === "idle" && box.scrollTop < nearPx) onOlder();
		if (newer === "idle" && below < nearPx) onNewer();
		const ts = heads[rows.getVirtualItemForOffset(box.scrollTop + datePx / 2)?.index ?? 0]?.ts ?? 0;
		const isCovered = hasDateNear(rows, heads, box.scrollTop);
		setDay((known) => (known.ts === ts && known.isCovered === isCovered ? known : { ts, isCovered }));
	};
	useLayoutEffect(onMove);
	const isAtNewest = isAtEnd && isLive;
	useLayoutEffect(() => onAtEnd(isAtNewest), [isAtNewest, onAtEnd]);
	return { isAtNewest, day, onMove };
}

/** True while a date stands in the conversation where the one at the edge would be. */
function hasDateNear(rows: VirtualRows, heads: MessageListProps["rows"]["heads"], top: number): boolean {
	return rows.getVirtualItems().some(({ index, start }) => {
		return heads[index]?.isDayStart === true && start > top - datePx && start < top + datePx;
	});
}
