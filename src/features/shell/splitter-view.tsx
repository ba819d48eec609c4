import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { Icon } from "../../components/icon.tsx";
import { text } from "../../shared/text/text.ts";

export interface SplitterProps {
	readonly widthPx: number;
	readonly isCollapsed: boolean;
	readonly least: number;
	readonly most: number;
	readonly onChange: (change: { readonly widthPx?: number; readonly isCollapsed?: boolean }) => void;
}

const stepPx = 16;
/** Drawn narrower than this, the list shows pictures alone. */
const collapsePx = 200;

/** The edge between the chat list and the conversation: dragged, moved with arrow keys, or folded in with its button. */
export function SplitterView({ widthPx, isCollapsed, least, most, onChange }: SplitterProps) {
	const start = useRef<{ readonly x: number; readonly widthPx: number } | undefined>(undefined);
	const onPointerDown = (event: PointerEvent<HTMLElement>) => {
		event.currentTarget.setPointerCapture(event.pointerId);
		start.current = { x: event.clientX, widthPx: isCollapsed ? 0 : widthPx };
	};
	const onPointerMove = (event: PointerEvent<HTMLElement>) => {
		if (start.current === undefined) return;
		const wanted = start.current.widthPx + (event.clientX - start.current.x) * directionOf(event.currentTarget);
		onChange(wanted < collapsePx ? { isCollapsed: true } : { isCollapsed: false, widthPx: wanted });
	};
	const onPointerUp = () => {
		start.current = undefined;
	};
	const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
		const step = stepPx * directionOf(event.currentTarget);
		const wanted = { ArrowLeft: widthPx - step, ArrowRight: widthPx + step, Home: least, End: most }[event.key];
		if (wanted === undefined && event.key !== "Enter") return;
		event.preventDefault();
		onChange(wanted === undefined ? { isCollapsed: !isCollapsed } : { isCollapsed: false, widthPx: wanted });
	};
	return (
		<div className="splitter">
			<hr
				className="splitter-edge"
				aria-label={text("list.width")}
				aria-orientation="vertical"
				aria-valuemin={least}
				aria-valuemax={most}
				aria-valuenow={widthPx}
				aria-valuetext={isCollapsed ? text("list.collapsed") : text("list.widthNow", { width: widthPx })}
				tabIndex={0}
				onPointerDown={onPointerDown}
				onPointerMove={onPointerMove}
				onPointerUp={onPointerUp}
				onPointerCancel={onPointerUp}
				onKeyDown={onKeyDown}
			/>
			<button
				type="button"
				className="splitter-toggle"
				aria-label={text(isCollapsed ? "list.expand" : "list.collapse")}
				title={text(isCollapsed ? "list.expand" : "list.collapse")}
				onClick={() => onChange({ isCollapsed: !isCollapsed })}
			>
				<Icon of={isCollapsed ? PanelLeftOpen : PanelLeftClose} size={16} flips />
			</button>
		</div>
	);
}

/** 1 where the list is at the left, -1 where it is at the right. */
function directionOf(element: Element): 1 | -1 {
	return getComputedStyle(element).direction === "rtl" ? -1 : 1;
}
