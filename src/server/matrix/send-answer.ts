import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import type { MatrixAnswer } from "./matrix-route.ts";

/** Who takes nothing for so long is gone. */
const stuckReaderMs = 60_000;

/**
 * Writes an answer as the specification wants it: JSON nearly always, refusals with `errcode` and `error`. Resolves when
 * the other side has taken all of it: until then the answer is in this server's memory, and the request counts.
 */
export const sendAnswer = async (response: ServerResponse, answer: MatrixAnswer): Promise<void> => {
	response.setTimeout(stuckReaderMs, () => response.destroy());
	if (answer.kind === "streamed") {
		response.writeHead(200, jsonHeaders);
		await pipeline(Readable.from(answer.pieces), response);
		return;
	}
	if (answer.kind === "file") {
		response.writeHead(200, { "Content-Type": answer.contentType });
		await pipeline(answer.content, response);
		return;
	}
	response.end(begin(response, answer));
	await finished(response);
};

const jsonHeaders = { "Content-Type": "application/json", "Cache-Control": "no-store" };

/** Writes the head; what is left is the body. */
const begin = (
	response: ServerResponse,
	answer: Exclude<MatrixAnswer, { readonly kind: "streamed" | "file" }>,
): string => {
	if (answer.kind === "answered") {
		response.writeHead(200, { ...jsonHeaders, ...answer.headers });
		return JSON.stringify(answer.content);
	}
	const { status, errcode, message, extra } = answer;
	// What is left of a body is not waited for.
	if (!response.req.complete) response.setHeader("Connection", "close");
	const wait = extra?.["retry_after_ms"];
	if (typeof wait === "number") response.setHeader("Retry-After", String(Math.ceil(wait / 1000)));
	response.writeHead(status, jsonHeaders);
	return JSON.stringify({ ...extra, errcode, error: message });
};
