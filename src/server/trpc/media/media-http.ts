import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError, isAppError } from "../../../shared/app-error.ts";
import type { MediaAddress } from "../../../shared/media-address.ts";
import type { AppErrorCode } from "../../../shared/wire/error.ts";
import type { Viewer } from "../../accounts/public.ts";
import { requestOrigin } from "../request/request-origin.ts";
import { readSessionId } from "../session/session-cookie.ts";
import type { TransportHost } from "../transport-host.ts";

export type MediaHost = Pick<TransportHost, "accounts" | "log" | "media" | "web">;

const statuses: Readonly<Partial<Record<AppErrorCode, number>>> = {
	"bad-input": 400,
	"too-large": 413,
	"not-signed-in": 401,
	forbidden: 403,
	"quota-reached": 403,
	"not-found": 404,
	"too-many-requests": 429,
	unavailable: 503,
	"storage-full": 507,
};

/** Opened by itself it is what its type says and nothing else, whatever its bytes could be taken for; and it never changes. */
export const inertHeaders = {
	"Content-Security-Policy": "default-src 'none'; sandbox",
	"X-Content-Type-Options": "nosniff",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Cache-Control": "private, max-age=31536000, immutable",
} as const;

interface Exchange {
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
}

/** Answers, or says why not. */
export const answerOrRefuse = async (
	host: MediaHost,
	{ request, response }: Exchange,
	answer: () => Promise<void>,
): Promise<void> => {
	try {
		await answer();
	} catch (error) {
		// Whoever hung up is told nothing.
		if (response.destroyed || request.errored !== null) return;
		if (response.headersSent) response.destroy();
		else refuse(host, response, error);
	}
};

/** Who is signed in. Throws `not-signed-in`. */
export const viewerOf = async (host: MediaHost, { headers }: IncomingMessage): Promise<Viewer> => {
	const sessionId = await readSessionId(headers, host.web);
	const viewer = sessionId === undefined ? undefined : await host.accounts.resolveSession(sessionId);
	if (viewer === undefined) throw new AppError("not-signed-in");
	return viewer;
};

/** Only our own pages, and whoever opens an address by hand, are given something. */
export const refuseStrangers = async (host: MediaHost, request: IncomingMessage): Promise<void> => {
	if (requestOrigin(request.headers, host.web.publicOrigin) === "foreign") throw new AppError("forbidden");
	await viewerOf(host, request);
};

/** The address behind a prefix, as it stands there; it is checked where it is looked up. */
export const addressIn = (request: IncomingMessage, prefix: string): MediaAddress => {
	const [serverName = "", mediaId = "", ...more] = pathOf(request)
		.slice(prefix.length + 1)
		.split("/");
	if (more.length > 0) throw new AppError("not-found");
	return { serverName, mediaId };
};

export const pathOf = ({ url }: IncomingMessage): string => (url ?? "").split("?", 1)[0] ?? "";

export const answerJson = (response: ServerResponse, status: number, body: unknown): void => {
	response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
	response.end(JSON.stringify(body));
};

const refuse = (host: MediaHost, response: ServerResponse, error: unknown): void => {
	const code = isAppError(error) ? error.code : "internal";
	if (code === "internal") {
		host.log.error({ error: error instanceof Error ? error.name : "unknown" }, "a file could not be served");
	}
	// What is left of the body is not waited for.
	response.setHeader("Connection", "close");
	if (isAppError(error) && error.retryAfterMs !== undefined) {
		response.setHeader("Retry-After", Math.ceil(error.retryAfterMs / 1000));
	}
	answerJson(response, statuses[code] ?? 500, { code });
};
