import { createServer, type Server, type ServerOptions } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { setTimeout as delay } from "node:timers/promises";
import type { TlsFiles } from "../../../env.ts";
import type { Log } from "../../../shared/log.ts";
import { repeatJob } from "../../jobs/public.ts";
import { openTlsIdentity, type TlsIdentity } from "./tls-identity.ts";

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

const limits: ServerOptions = {
	headersTimeout: 15_000,
	requestTimeout: 60_000,
	keepAliveTimeout: 65_000,
	maxHeaderSize: 16 * 1024,
};
const handshakeTimeoutMs = 10_000;
const followMs = 5_000;

/**
 * A server with limits on how long and how much a request may be; it does not listen yet. With TLS it follows the files:
 * a renewed certificate is shown from the next look at them on, every `everyMs`.
 */
export async function openWebServer(tls: TlsFiles | undefined, log: Log, everyMs = followMs): Promise<WebServer> {
	const identity = tls === undefined ? undefined : await openTlsIdentity(tls, log);
	const { server, stop } = identity === undefined ? plain() : secure(identity, log, everyMs);
	server.maxRequestsPerSocket = 0;
	return {
		server,
		drain: async (sockets) => {
			await stop();
			await drain(server, sockets);
		},
	};
}

interface Opened {
	readonly server: Server;
	stop(): Promise<void>;
}

function plain(): Opened {
	return { server: createServer(limits), stop: async () => undefined };
}

function secure(identity: TlsIdentity, log: Log, everyMs: number): Opened {
	const server = createSecureServer({ ...limits, ...identity.context(), handshakeTimeout: handshakeTimeoutMs });
	const run = async (): Promise<void> => {
		if (await identity.refresh()) server.setSecureContext(identity.context());
	};
	return { server, stop: repeatJob({ name: "follow the certificate", everyMs, run }, log).stop };
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
