import { useSyncExternalStore } from "react";

const query = "(prefers-reduced-motion: reduce)";

/** True while the person has told the system that things are to move as little as possible. */
export function useLessMotion(): boolean {
	return useSyncExternalStore(
		subscribe,
		() => matchMedia(query).matches,
		() => false,
	);
}

function subscribe(listener: () => void): () => void {
	const list = matchMedia(query);
	list.addEventListener("change", listener);
	return () => list.removeEventListener("change", listener);
}
