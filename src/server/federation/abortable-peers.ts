import type { PeerAnswer, PeerTransport } from "../../../federation/ports/peer-transport.ts";

/** Requests that nobody waits for any longer once the signal came: the process ends, or another one does the work. */
export const abortablePeers = (peers: PeerTransport, signal: AbortSignal): PeerTransport => ({
	request: (destination, request) =>
		new Promise<PeerAnswer>((resolve, reject) => {
			const stop = (): void => resolve({ kind: "unreachable", reason: "timeout", detail: "this server ends" });
			signal.addEventListener("abort", stop, { once: true });
			if (signal.aborted) stop();
			else
				peers
					.request(destination, request)
					.then(resolve, reject)
					.finally(() => signal.removeEventListener("abort", stop));
		}),
});
