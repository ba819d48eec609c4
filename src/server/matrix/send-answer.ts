import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { MatrixAnswer } from "./matrix-route.ts";

/** Who takes nothing for so long is gone. */
const stuckReaderMs = 60_000;

/** Writes an answer as the specification wants it: JSON nearly always, refusals with `errcode` and `error`. */
export const sendAnswer = async (response: ServerResponse, answer: MatrixAnswer): Promise<void> => {
	if (answer.kind === "answered") {
		response.writeHead(200, { "Content-Type": "application/json", "Cache-Control": "no-store", ...answer.headers });
		response.end(JSON.stringify(answer.content));
		return;
	}
	if (answer.kind === "bytes") {
		response.writeHead(200, { "Content-Type": answer.contentType, "Content-Length": answer.body.length });
		response.end(answer.body);
		return;
	}
	if (answer.kind === "streamed") {
		response.writeHead(200, { "Content-Type": "application/json", "Cache-Control": "no-store" });
		response.setTimeout(stuckReaderMs, () => response.destroy());
		await pipeline(Readable.from(answer.pieces), response);
		return;
	}
	const { status, errcode, message, extra } = answer;
	// What is left of a body is not waited for.
	if (!response.req.complete) response.setHeader("Connection", "close");
	const wait = extra?.["retry_after_ms"];
	if (typeof wait === "number") response.setHeader("Retry-After", String(Math.ceil(wait / 1000)));
	response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
	response.end(JSON.stringify({ ...extra, errcode, error: message }));
};
