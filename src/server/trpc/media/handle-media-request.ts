import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { AppError, isAppError } from "../../../shared/app-error.ts";
import { mediaPath } from "../../../shared/media-address.ts";
import type { AppErrorCode } from "../../../shared/wire/error.ts";
import { pictureLimits } from "../../../shared/wire/media-calls.ts";
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

/**
 * Serves `/api/media`: POST stores the picture that is the body, GET of `/api/media/<server>/<id>` answers with one. For
 * whoever is signed in, and for our own pages alone.
 */
export const handleMediaRequest = async (
	host: MediaHost,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> => {
	try {
		if (request.method === "POST") await upload(host, request, response);
		else if (request.method === "GET") await download(host, request, response);
		else throw new AppError("not-found");
	} catch (error) {
		// Whoever hung up is told nothing.
		if (response.destroyed || request.errored !== null) return;
		if (response.headersSent) response.destroy();
		else refuse(host, response, error);
	}
};

const upload = async (host: MediaHost, request: IncomingMessage, response: ServerResponse): Promise<void> => {
	const { headers } = request;
	// A page of another site can send neither this type without asking first, nor our origin.
	if (requestOrigin(headers, host.web.publicOrigin) !== "same") throw new AppError("forbidden");
	if (!(pathOf(request) === mediaPath && /^image\//i.test(headers["content-type"] ?? ""))) {
		throw new AppError("bad-input");
	}
	const { userId } = await viewerOf(host, request);
	if (Number(headers["content-length"] ?? 0) > pictureLimits.sizeBytes) throw new AppError("too-large");
	// A body that is not read to its end leaves the connection open for the answer.
	const content: AsyncIterable<Uint8Array> = request.iterator({ destroyOnReturn: false });
	const contentUri = await host.media.storePicture({ userId, content });
	answerJson(response, 200, { contentUri });
};

const download = async (host: MediaHost, request: IncomingMessage, response: ServerResponse): Promise<void> => {
	if (requestOrigin(request.headers, host.web.publicOrigin) === "foreign") throw new AppError("forbidden");
	await viewerOf(host, request);
	const [serverName = "", mediaId = "", ...more] = pathOf(request)
		.slice(mediaPath.length + 1)
		.split("/");
	if (more.length > 0) throw new AppError("not-found");
	const { contentType, sizeBytes, content } = await host.media.read({ serverName, mediaId });
	response.writeHead(200, {
		"Content-Type": contentType,
		"Content-Length": sizeBytes,
		"Content-Disposition": `inline; filename="picture.${contentType.slice("image/".length)}"`,
		// Opened by itself it is a picture and nothing else, whatever its bytes could be taken for.
		"Content-Security-Policy": "default-src 'none'; sandbox",
		"X-Content-Type-Options": "nosniff",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Cache-Control": "private, max-age=31536000, immutable",
	});
	await pipeline(content, response);
};

const viewerOf = async (host: MediaHost, { headers }: IncomingMessage): Promise<Viewer> => {
	const sessionId = await readSessionId(headers, host.web);
	const viewer = sessionId === undefined ? undefined : await host.accounts.resolveSession(sessionId);
	if (viewer === undefined) throw new AppError("not-signed-in");
	return viewer;
};

const pathOf = ({ url }: IncomingMessage): string => (url ?? "").split("?", 1)[0] ?? "";

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

const answerJson = (response: ServerResponse, status: number, body: unknown): void => {
	response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
	response.end(JSON.stringify(body));
};
