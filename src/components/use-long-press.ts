import { type PointerEvent, useRef } from "react";

const pressMs = 450;
const moveLimitPx = 10;

/** Handlers that call back when a finger rests on an element; a scroll or a short tap does nothing. */
export function useLongPress(onPress: () => void) {
	const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	const start = useRef({ x: 0, y: 0 });
	const cancel = () => clearTimeout(timer.current);
	return {
		onPointerDown: (event: PointerEvent) => {
			if (event.pointerType !== "touch") return;
			start.current = { x: event.clientX, y: event.clientY };
			cancel();
			timer.current = setTimeout(onPress, pressMs);
		},
		onPointerMove: (event: PointerEvent) => {
			const { x, y } = start.current;
			if (Math.hypot(event.clientX - x, event.clientY - y) > moveLimitPx) cancel();
		},
		onPointerUp: cancel,
		onPointerCancel: cancel,
	};
}
