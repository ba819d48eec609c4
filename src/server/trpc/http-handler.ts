import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { TRPCError } from "@trpc/server";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { isAppError } from "../../shared/app-error.ts";
import { appRouter } from "./app-router.ts";
import { createHttpConnection } from "./connections/http-connection.ts";
import { bodyLimitBytes, createHttpContext } from "./context.ts";
import { logCallError } from "./log-call-error.ts";
import type { TransportHost } from "./transport-host.ts";

const mountPath = "/api/trpc/";

/** Calls in one batch: more than a screen ever asks for at once. */
const batchLimit = 20;

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
	const connection = createHttpConnection(host.connections, request, response);
	await nodeHTTPRequestHandler({
		router: appRouter,
		req: request,
		res: response,
		path: procedurePath(request.url ?? ""),
		maxBodySize: bodyLimitBytes,
		maxBatchSize: batchLimit,
		createContext: async () => createHttpContext(host, request, { requestId, connection }),
		responseMeta: ({ errors }) => ({ headers: retryAfter(errors) }),
		onError: ({ error, ctx }) => logCallError(host.log, { error, ctx }),
	});
};

/** When to come back, in HTTP's own words too. */
const retryAfter = (errors: readonly TRPCError[]): Headers => {
	const waitsMs = errors.flatMap(({ cause }) => (isAppError(cause) ? (cause.retryAfterMs ?? []) : []));
	return new Headers(waitsMs.length === 0 ? {} : { "Retry-After": String(Math.ceil(Math.max(...waitsMs) / 1000)) });
};

const procedurePath = (url: string): string => {
	const path = url.split("?", 1)[0] ?? "";
	return path.startsWith(mountPath) ? path.slice(mountPath.length) : "";
};
