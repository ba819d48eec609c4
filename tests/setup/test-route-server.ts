import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { apiResolver } from "next/dist/server/api-utils/node/api-resolver.js";
import * as authRoute from "../../src/pages/api/auth/[...nextauth].ts";
import * as filesRoute from "../../src/pages/api/files/[[...path]].ts";
import * as mediaRoute from "../../src/pages/api/media/[[...path]].ts";
import * as trpcRoute from "../../src/pages/api/trpc/[trpc].ts";
import { attachWebSocket, createRealtime } from "../../src/server/realtime/attach-web-socket.ts";
import type { TransportHost } from "../../src/server/trpc/transport-host.ts";

export interface TestRouteServer extends AsyncDisposable {
	/** `http://127.0.0.1:PORT` */
	readonly origin: string;
}

const previewSettings = { previewModeId: "", previewModeEncryptionKey: "", previewModeSigningKey: "" };

/** The routes of `src/pages/api` by their folders, with the name of their parameter and whether it is a list. */
const routes = new Map([
	["auth", { route: authRoute, parameter: "nextauth", isList: true }],
	["media", { route: mediaRoute, parameter: "path", isList: true }],
	["files", { route: filesRoute, parameter: "path", isList: true }],
	["trpc", { route: trpcRoute, parameter: "trpc", isList: false }],
]);

/**
 * The routes of `src/pages/api` as Next's own resolver runs them, on the container of this process, with the sockets of
 * `host` beside them.
 */
export async function startTestRouteServer(host: TransportHost): Promise<TestRouteServer> {
	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
		const [, , folder = "", ...rest] = pathname.split("/");
		const found = routes.get(folder);
		if (found === undefined) {
			response.writeHead(404).end();
			return;
		}
		const value = found.isList ? rest : decodeURIComponent(rest.join("/"));
		const query = { ...Object.fromEntries(searchParams), [found.parameter]: value };
		await apiResolver(request, response, query, found.route, { ...previewSettings, dev: false }, false);
	};
	const server = createServer((request, response) => void answer(request, response));
	const realtime = createRealtime(host);
	attachWebSocket(server, realtime);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		[Symbol.asyncDispose]: async () => {
			await realtime.close(0);
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
