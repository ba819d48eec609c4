import { useSyncExternalStore } from "react";

const minuteMs = 60_000;

/** The current time to the minute, for words such as Today: rendering again when the minute turns. */
export function useNow(): number {
	return useSyncExternalStore(subscribe, currentMinute, () => 0);
}

function currentMinute(): number {
	return Math.floor(Date.now() / minuteMs) * minuteMs;
}

function subscribe(listener: () => void): () => void {
	const timer = setInterval(listener, minuteMs / 4);
	return () => clearInterval(timer);
}
