import type { PeerAnswer, PeerTransport } from "../../../federation/ports/peer-transport.ts";

/** Requests that nobody waits for any longer once the signal came: the process ends, or another one does the work. */
export const abortablePeers = (peers: PeerTransport, signal: AbortSignal): PeerTransport => {
	const underWay = new Set<() => void>();
	// One listener for all: hundreds of requests may be under way.
	signal.addEventListener("abort", () => {
		for (const stop of underWay) stop();
	});
	return {
		request: (destination, request) =>
			new Promise<PeerAnswer>((resolve, reject) => {
				const stop = (): void => resolve({ kind: "unreachable", reason: "timeout", detail: "this server ends" });
				if (signal.aborted) {
					stop();
					return;
				}
				underWay.add(stop);
				peers
					.request(destination, request)
					.then(resolve, reject)
					.finally(() => underWay.delete(stop));
			}),
	};
};
