import { useSyncExternalStore } from "react";

/** True while the person can see this page. */
export function useIsPageVisible(): boolean {
	return useSyncExternalStore(
		subscribe,
		() => document.visibilityState === "visible",
		() => false,
	);
}

function subscribe(listener: () => void): () => void {
	document.addEventListener("visibilitychange", listener);
	return () => document.removeEventListener("visibilitychange", listener);
}
