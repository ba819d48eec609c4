import { createWSClient, type TRPCWebSocketClient } from "@trpc/client";
import { waits } from "./waits.ts";
import { noteWayOpen } from "./way-openings.ts";

interface Socket {
	readonly client: TRPCWebSocketClient;
	/** Ends what it waits for. */
	readonly stop: () => void;
}

let socket: Socket | undefined;

/**
 * The one socket of this page, opened on first use. It lives in the module because React calls initialisers twice in
 * strict mode, and two sockets would be two subscriptions.
 */
export function socketClient(): TRPCWebSocketClient {
	socket ??= openSocket();
	return socket.client;
}

/** True while calls can travel over the socket. */
export function isSocketOpen(): boolean {
	return socket?.client.connection?.state === "open";
}

/** The open socket itself. */
export function openSocketOf(): WebSocket {
	const connection = socket?.client.connection;
	if (connection?.state !== "open") throw new Error("no socket is open");
	return connection.ws;
}

/** Ends the socket for good, at sign-out; the next use opens a new one. One that hangs while it opens holds nobody up. */
export function closeSocket(): void {
	const closing = socket;
	socket = undefined;
	closing?.stop();
	closing?.client.close().catch(() => undefined);
}

function openSocket(): Socket {
	const life = new AbortController();
	let failures = 0;
	let openedAt = Number.NEGATIVE_INFINITY;
	const delayMs = (): number => {
		// A server that opens sockets and closes them at once is not asked without a pause.
		if (failures === 0) return performance.now() - openedAt < 2_000 ? 500 : 0;
		return Math.min(500 * 2 ** (failures - 1), 15_000);
	};
	const stopListening = waits.onHurry(() => {
		failures = 0;
	});
	const client = createWSClient({
		// The pause before a try is here and not in the client's own delay, which nothing could cut short.
		url: async () => {
			const pauseMs = delayMs();
			failures += 1;
			if (await waits.wait(pauseMs, life.signal)) failures = 1;
			if (life.signal.aborted) throw new Error("the socket was closed");
			return socketUrl();
		},
		retryDelayMs: () => 0,
		keepAlive: { enabled: true, intervalMs: 20_000, pongTimeoutMs: 8_000 },
		onOpen: () => {
			failures = 0;
			openedAt = performance.now();
			noteWayOpen("socket");
		},
	});
	return {
		client,
		stop: () => {
			stopListening();
			life.abort();
		},
	};
}

function socketUrl(): string {
	return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/api/trpc`;
}
