import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { WireAppError } from "../../shared/wire/error.ts";

/** JSON-RPC's code for this refusal, as tRPC gives it to calls. */
const tooManyRequests = -32_029;

/** The typed error that belongs to no call, in tRPC's form. */
const refusalOf = (retryAfterMs: number): object => {
	const kith: WireAppError = { code: "too-many-requests", retryAfterMs };
	return {
		code: tooManyRequests,
		message: kith.code,
		data: { code: "TOO_MANY_REQUESTS", httpStatus: 429, kith },
	};
};

/** Says over an open socket why it is closed. */
export const answerTooMany = (socket: WebSocket, retryAfterMs: number): void => {
	socket.send(JSON.stringify({ id: null, error: refusalOf(retryAfterMs) }));
};

/** Refuses an upgrade in HTTP, for who is no browser; a browser sees only that no socket opened. */
export const refuseTooMany = (pipe: Duplex, retryAfterMs: number): void => {
	const body = JSON.stringify({ error: refusalOf(retryAfterMs) });
	const headers = [
		"HTTP/1.1 429 Too Many Requests",
		"Connection: close",
		"Content-Type: application/json",
		`Retry-After: ${Math.ceil(retryAfterMs / 1000)}`,
		`Content-Length: ${Buffer.byteLength(body)}`,
	];
	pipe.end(`${headers.join("\r\n")}\r\n\r\n${body}`);
};
