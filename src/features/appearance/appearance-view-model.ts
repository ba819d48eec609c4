import { useSyncExternalStore } from "react";
import { chatThemes, messageSizes, modes } from "../../client/appearance/appearance.ts";
import { appearance, changeAppearance } from "../../client/appearance/kept-appearance.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";

/** How Kith looks on this device, and what it could look like. */
export function useAppearance() {
	const look = useObservable(appearance, (value) => value);
	const isPhone = useSyncExternalStore(followWidth, isNarrow, () => false);
	const messageSize = look.messageSize ?? (isPhone ? 16 : 15);
	return { look: { ...look, messageSize }, modes, themes: chatThemes, messageSizes, onChange: changeAppearance };
}

/** Where one pane fits, messages are larger: see src/styles/narrow.css. */
const narrow = "(max-width: 599px)";

function isNarrow(): boolean {
	return matchMedia(narrow).matches;
}

function followWidth(listener: () => void): () => void {
	const query = matchMedia(narrow);
	query.addEventListener("change", listener);
	return () => query.removeEventListener("change", listener);
}
