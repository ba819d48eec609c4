import { createServer, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import next from "next";
import type { Environment } from "../../env.ts";
import type { RequestHandler } from "./http/create-request-listener.ts";

export interface NextApp {
	readonly handle: RequestHandler;
	/** In development: the socket over which changed modules reach the browser. */
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	close(): Promise<void>;
}

/** Prepares the web client's pages. Next gets a server that never listens: otherwise it would answer upgrades of ours. */
export async function startNext(
	root: string,
	{ mode, host, port }: Pick<Environment, "mode" | "host" | "port">,
): Promise<NextApp> {
	const silent = createServer();
	const isDevelopment = mode === "development";
	const app = next({ dev: isDevelopment, dir: root, hostname: host, port, httpServer: silent });
	await app.prepare();
	const handle = app.getRequestHandler();
	return {
		handle: (request, response) => handle(request, response),
		handleUpgrade: (request, socket, head) => {
			if (isDevelopment) silent.emit("upgrade", request, socket, head);
			else socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
		},
		close: () => app.close(),
	};
}
