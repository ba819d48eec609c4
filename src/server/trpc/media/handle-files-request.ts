import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { AppError } from "../../../shared/app-error.ts";
import { filesPath } from "../../../shared/media-address.ts";
import { uploadIdForm } from "../../../shared/wire/media-calls.ts";
import { requestOrigin } from "../request/request-origin.ts";
import {
	addressIn,
	answerJson,
	answerOrRefuse,
	inertHeaders,
	type MediaHost,
	pathOf,
	refuseStrangers,
	viewerOf,
} from "./media-http.ts";

/**
 * Serves `/api/files`: PUT of `/api/files/<uploadId>` stores the bytes that are the body, GET of `/api/files/<server>/<id>`
 * answers with them, GET of `/api/files` says how many there may be. For whoever is signed in, and for our own pages alone.
 */
export const handleFilesRequest = (
	host: MediaHost,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> =>
	answerOrRefuse(host, { request, response }, async () => {
		if (request.method === "PUT") await upload(host, request, response);
		else if (request.method === "GET") await answer(host, request, response);
		else throw new AppError("not-found");
	});

const upload = async (host: MediaHost, request: IncomingMessage, response: ServerResponse): Promise<void> => {
	const { headers } = request;
	// A page of another site can send neither PUT without asking first, nor our origin.
	if (requestOrigin(headers, host.web.publicOrigin) !== "same") throw new AppError("forbidden");
	const uploadId = pathOf(request).slice(filesPath.length + 1);
	const sizeBytes = Number(headers["content-length"]);
	if (!(uploadIdForm.test(uploadId) && Number.isSafeInteger(sizeBytes) && sizeBytes > 0)) {
		throw new AppError("bad-input");
	}
	const { userId } = await viewerOf(host, request);
	const contentUri = await host.media.storeFile({
		...{ userId, uploadId, sizeBytes },
		contentType: headers["content-type"] ?? "",
		isForDevice: new URLSearchParams(request.url?.split("?", 2)[1]).get("for") === "device",
		// A body that is not read to its end leaves the connection open for the answer.
		content: request.iterator({ destroyOnReturn: false }),
	});
	// A retry of what is there already: the rest is not needed.
	if (!request.readableEnded) response.setHeader("Connection", "close");
	answerJson(response, 200, { contentUri });
};

const answer = async (host: MediaHost, request: IncomingMessage, response: ServerResponse): Promise<void> => {
	await refuseStrangers(host, request);
	if (pathOf(request) === filesPath) {
		answerJson(response, 200, { "m.upload.size": host.media.mostFileBytes });
		return;
	}
	const { sizeBytes, content } = await host.media.readFile(addressIn(request, filesPath));
	response.writeHead(200, {
		...inertHeaders,
		// Whatever it is called elsewhere: who knows what it is reads it as that, and a browser saves it.
		"Content-Type": "application/octet-stream",
		"Content-Length": sizeBytes,
		"Content-Disposition": "attachment",
	});
	await pipeline(content, response);
};
