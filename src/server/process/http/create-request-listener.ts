import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Log } from "../../../shared/log.ts";
import type { Metrics } from "./metrics.ts";
import type { ReadinessReport } from "./readiness.ts";

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface RequestListenerOptions {
	/** Handlers by the start of the path; the first that fits answers. */
	readonly routes: readonly { readonly prefix: string; readonly handle: RequestHandler }[];
	/** Whoever answers everything else. */
	readonly otherwise: RequestHandler;
	/** What every answer carries, by the address that was asked for. */
	readonly headers: (url: string) => Readonly<Record<string, string>>;
	readonly readiness: () => Promise<ReadinessReport>;
	readonly metrics: Pick<Metrics, "observeRequest">;
	readonly log: Log;
}

interface Exchange {
	readonly path: string;
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
}

/** Answers every HTTP request: names it, sets the headers that hold everywhere, routes it, and writes one line about it. */
export function createRequestListener(options: RequestListenerOptions): RequestListener {
	return (request, response) => {
		const requestId = randomUUID();
		const startedAt = performance.now();
		response.setHeader("X-Request-Id", requestId);
		for (const [name, value] of Object.entries(options.headers(request.url ?? ""))) response.setHeader(name, value);
		const path = pathOf(request);
		response.once("close", () => {
			const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
			const outcome = { method: request.method ?? "", status: response.statusCode, durationMs };
			options.metrics.observeRequest(outcome);
			const level = path.startsWith("/_next/") || path === "/healthz" || path === "/readyz" ? "debug" : "info";
			options.log[level]({ requestId, path, ...outcome }, "request");
		});
		answer(options, { path, request, response }).catch((err: unknown) => {
			options.log.error({ err, requestId }, "a request failed");
			if (response.headersSent) response.destroy();
			else response.writeHead(500, { "Content-Type": "text/plain" }).end(`internal error, request ${requestId}\n`);
		});
	};
}

async function answer(options: RequestListenerOptions, { path, request, response }: Exchange): Promise<void> {
	if (path === "/healthz") return answerJson(response, 200, { status: "ok" });
	if (path === "/readyz") {
		const report = await options.readiness();
		return answerJson(response, report.isReady ? 200 : 503, report);
	}
	const route = options.routes.find(({ prefix }) => path.startsWith(prefix));
	await (route?.handle ?? options.otherwise)(request, response);
}

/** Without the query, which may hold an input or a token. */
function pathOf({ url }: IncomingMessage): string {
	return (url ?? "").split("?", 1)[0] ?? "";
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
	response.end(JSON.stringify(body));
}
