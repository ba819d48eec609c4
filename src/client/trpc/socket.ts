import { createWSClient, type TRPCWebSocketClient } from "@trpc/client";
import { noteWayOpen } from "./way-openings.ts";

let client: TRPCWebSocketClient | undefined;
let openedAt = Number.NEGATIVE_INFINITY;

/**
 * The one socket of this page, opened on first use. It lives in the module because React calls initialisers twice in
 * strict mode, and two sockets would be two subscriptions.
 */
export function socketClient(): TRPCWebSocketClient {
	client ??= createWSClient({
		url: socketUrl(),
		retryDelayMs: (attempt) => (attempt === 0 && !hasOpenedLately() ? 0 : Math.min(500 * 2 ** attempt, 15_000)),
		keepAlive: { enabled: true, intervalMs: 20_000, pongTimeoutMs: 8_000 },
		onOpen: () => {
			openedAt = performance.now();
			noteWayOpen("socket");
		},
	});
	return client;
}

/** True while calls can travel over the socket. */
export function isSocketOpen(): boolean {
	return client?.connection?.state === "open";
}

/** Ends the socket for good, at sign-out; the next use opens a new one. */
export async function closeSocket(): Promise<void> {
	const closing = client;
	client = undefined;
	await closing?.close();
}

function socketUrl(): string {
	return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/api/trpc`;
}

/** A server that opens sockets and closes them at once is not asked without a pause. */
function hasOpenedLately(): boolean {
	return performance.now() - openedAt < 2_000;
}
