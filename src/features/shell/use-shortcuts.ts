import { useEffect, useEffectEvent } from "react";

export interface Shortcuts {
	readonly onPalette: () => void;
	readonly onHelp: () => void;
	/** One chat down or up. */
	readonly onStep: (step: 1 | -1) => void;
}

/** The keys that work everywhere behind the sign-in. */
export function useShortcuts(shortcuts: Shortcuts): void {
	const onKey = useEffectEvent((event: KeyboardEvent) => {
		if (event.defaultPrevented || event.isComposing) return;
		const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
		if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") shortcuts.onPalette();
		else if (event.altKey && event.key === "ArrowDown") shortcuts.onStep(1);
		else if (event.altKey && event.key === "ArrowUp") shortcuts.onStep(-1);
		else if (isPlain && event.key === "?" && !isWriting(event.target)) shortcuts.onHelp();
		else return;
		event.preventDefault();
	});
	useEffect(() => {
		const listener = (event: KeyboardEvent): void => onKey(event);
		addEventListener("keydown", listener);
		return () => removeEventListener("keydown", listener);
	}, []);
}

function isWriting(target: EventTarget | null): boolean {
	return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
