import { createServer, type Server } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

const socketGraceMs = 300;
const connectionGraceMs = 700;

/** The sockets of this process, as far as stopping concerns them. */
export interface Sockets {
	close(graceMs: number): Promise<void>;
}

export interface WebServer {
	readonly server: Server;
	/** Stops taking requests, tells sockets to reconnect, lets what is running finish for a second, then hangs up. */
	drain(sockets: Sockets): Promise<void>;
}

/** A server with limits on how long and how much a request may be; it does not listen yet. */
export function createWebServer(): WebServer {
	const server = createServer({
		headersTimeout: 15_000,
		requestTimeout: 60_000,
		keepAliveTimeout: 65_000,
		maxHeaderSize: 16 * 1024,
	});
	server.maxRequestsPerSocket = 0;
	return { server, drain: (sockets) => drain(server, sockets) };
}

async function drain(server: Server, sockets: Sockets): Promise<void> {
	const closed = new Promise<void>((resolve) => {
		server.close(() => resolve());
	});
	await sockets.close(socketGraceMs);
	const hangUp = new AbortController();
	const patience = delay(connectionGraceMs, undefined, { signal: hangUp.signal }).then(
		() => server.closeAllConnections(),
		() => undefined,
	);
	await closed;
	hangUp.abort();
	await patience;
}
