import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { apiResolver } from "next/dist/server/api-utils/node/api-resolver.js";
import { attachWebSocket, createRealtime, type Realtime } from "../../src/server/realtime/attach-web-socket.ts";
import { handleTrpcRequest } from "../../src/server/trpc/http-handler.ts";
import { handleFilesRequest } from "../../src/server/trpc/media/handle-files-request.ts";
import { handleMediaRequest } from "../../src/server/trpc/media/handle-media-request.ts";
import { handleAuthRequest } from "../../src/server/trpc/session/auth-handler.ts";
import type { TransportHost } from "../../src/server/trpc/transport-host.ts";
import { filesPath, mediaPath } from "../../src/shared/media-address.ts";

export interface TestWebServer extends AsyncDisposable {
	/** `http://127.0.0.1:PORT` */
	readonly origin: string;
	readonly realtime: Realtime;
}

const previewSettings = { previewModeId: "", previewModeEncryptionKey: "", previewModeSigningKey: "" };

/** `/api/trpc`, over HTTP and sockets, `/api/media`, `/api/files` and `/api/auth` on a port, by default a free one; the latter as Next's own resolver of API routes runs it. */
export async function startTestWebServer(host: TransportHost, port = 0): Promise<TestWebServer> {
	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const url = new URL(request.url ?? "/", "http://localhost");
		if (url.pathname.startsWith(filesPath)) {
			await handleFilesRequest(host, request, response);
			return;
		}
		if (url.pathname.startsWith(mediaPath)) {
			await handleMediaRequest(host, request, response);
			return;
		}
		if (!url.pathname.startsWith("/api/auth/")) {
			await handleTrpcRequest(host, request, response);
			return;
		}
		const query = { ...Object.fromEntries(url.searchParams), nextauth: url.pathname.split("/").slice(3) };
		const route = { default: handleAuthRequest.bind(undefined, host), config: { api: { externalResolver: true } } };
		await apiResolver(request, response, query, route, { ...previewSettings, dev: false }, false);
	};
	const server = createServer((request, response) => void answer(request, response));
	const realtime = createRealtime(host);
	attachWebSocket(server, realtime);
	await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		realtime,
		[Symbol.asyncDispose]: async () => {
			await realtime.close(0);
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
