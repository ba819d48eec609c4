import type { PeerStreams } from "../../../federation/ports/peer-streams.ts";
import type { PeerAnswer, PeerTransport } from "../../../federation/ports/peer-transport.ts";

/** Requests that nobody waits for any longer once the signal came: the process ends, or another one does the work. */
export const abortablePeers = (peers: PeerTransport, signal: AbortSignal): PeerTransport => {
	const abortable = createAbortable(signal);
	return { request: (destination, request) => abortable(() => peers.request(destination, request)) };
};

/** The same for long answers: what comes after the signal is not taken. */
export const abortableStreams = (streams: PeerStreams, signal: AbortSignal): PeerStreams => {
	const abortable = createAbortable(signal);
	return {
		requestLists: (destination, request, take) =>
			abortable(() =>
				streams.requestLists(destination, request, (list, entry) => (signal.aborted ? undefined : take(list, entry))),
			),
	};
};

const createAbortable = (signal: AbortSignal) => {
	const underWay = new Set<() => void>();
	const stopAll = (): void => {
		for (const stop of underWay) stop();
	};
	// One listener for all: hundreds of requests may be under way. And once: Node keeps a signal that was made of others, with
	// all that it knows of, for as long as somebody listens to it.
	signal.addEventListener("abort", stopAll, { once: true });
	return (ask: () => Promise<PeerAnswer>): Promise<PeerAnswer> =>
		new Promise<PeerAnswer>((resolve, reject) => {
			const stop = (): void => resolve({ kind: "unreachable", reason: "timeout", detail: "this server ends" });
			if (signal.aborted) {
				stop();
				return;
			}
			underWay.add(stop);
			ask()
				.then(resolve, reject)
				.finally(() => underWay.delete(stop));
		});
};
