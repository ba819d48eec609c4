import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { AppError } from "../../../shared/app-error.ts";
import { mediaPath } from "../../../shared/media-address.ts";
import { pictureLimits } from "../../../shared/wire/media-calls.ts";
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
 * Serves `/api/media`: POST stores the picture that is the body, GET of `/api/media/<server>/<id>` answers with one. For
 * whoever is signed in, and for our own pages alone.
 */
export const handleMediaRequest = (
	host: MediaHost,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> =>
	answerOrRefuse(host, { request, response }, async () => {
		if (request.method === "POST") await upload(host, request, response);
		else if (request.method === "GET") await download(host, request, response);
		else throw new AppError("not-found");
	});

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
	await refuseStrangers(host, request);
	const { contentType, sizeBytes, content } = await host.media.read(addressIn(request, mediaPath));
	response.writeHead(200, {
		...inertHeaders,
		"Content-Type": contentType,
		"Content-Length": sizeBytes,
		"Content-Disposition": `inline; filename="picture.${contentType.slice("image/".length)}"`,
	});
	await pipeline(content, response);
};
