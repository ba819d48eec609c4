import { useSyncExternalStore } from "react";

/** How many seconds are left until a moment, the one that has begun included; `undefined` where there is none. */
export function useSecondsUntil(moment: number | undefined): number | undefined {
	return useSyncExternalStore(
		subscribe,
		() => (moment === undefined ? undefined : Math.max(1, Math.ceil((moment - Date.now()) / 1000))),
		() => undefined,
	);
}

function subscribe(listener: () => void): () => void {
	const timer = setInterval(listener, 250);
	return () => clearInterval(timer);
}
