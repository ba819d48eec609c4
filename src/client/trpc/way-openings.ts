/** What the sync subscription travels over: the socket, or server-sent events where no socket opens. */
export type StreamWay = "socket" | "events";

const listeners = new Set<(way: StreamWay) => void>();

/** Calls back each time a way to the server has opened. */
export function onWayOpen(listener: (way: StreamWay) => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

export function noteWayOpen(way: StreamWay): void {
	for (const listener of [...listeners]) listener(way);
}
