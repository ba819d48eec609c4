import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { appRouter } from "./app-router.ts";
import { bodyLimitBytes, createHttpContext } from "./context.ts";
import { logCallError } from "./log-call-error.ts";
import type { TransportHost } from "./transport-host.ts";

const mountPath = "/api/trpc/";

/** Calls in one batch: more than a screen ever asks for at once. */
const batchLimit = 20;

const subscriptionPath = "sync.subscribe";
const stuckReaderMs = 60_000;

/** Serves `/api/trpc/*` over HTTP, the same from the server's own process and from a route of Next. */
export const handleTrpcRequest = async (
	host: TransportHost,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> => {
	const requestId = String(response.getHeader("x-request-id") ?? randomUUID());
	response.setHeader("Cache-Control", "no-store");
	if (Number(request.headers["content-length"] ?? 0) > bodyLimitBytes) {
		// The rest of the body is not waited for.
		response.setHeader("Connection", "close");
	}
	const path = procedurePath(request.url ?? "");
	// Pings go out while a reader takes them; one that takes nothing is gone.
	if (path === subscriptionPath) response.setTimeout(stuckReaderMs, () => response.destroy());
	await nodeHTTPRequestHandler({
		router: appRouter,
		req: request,
		res: response,
		path,
		maxBodySize: bodyLimitBytes,
		maxBatchSize: batchLimit,
		createContext: async () => createHttpContext(host, request, requestId),
		onError: ({ error, ctx }) => logCallError(host.log, { error, ctx }),
	});
};

const procedurePath = (url: string): string => {
	const path = url.split("?", 1)[0] ?? "";
	return path.startsWith(mountPath) ? path.slice(mountPath.length) : "";
};
