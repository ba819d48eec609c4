import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { WireAppError } from "../../shared/wire/error.ts";

/** Refusals that belong to no call, each with JSON-RPC's code for it, tRPC's word and HTTP's status. */
const forms = {
	"too-many-requests": { code: -32_029, data: { code: "TOO_MANY_REQUESTS", httpStatus: 429 } },
	"too-large": { code: -32_013, data: { code: "PAYLOAD_TOO_LARGE", httpStatus: 413 } },
} as const;

type Refusal = WireAppError & { readonly code: keyof typeof forms };

/** The typed error in tRPC's form. */
const formOf = (kith: Refusal): object => {
	const { code, data } = forms[kith.code];
	return { code, message: kith.code, data: { ...data, kith } };
};

/** Says over an open socket why it is closed. */
export const answerRefusal = (socket: WebSocket, refusal: Refusal): void => {
	if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ id: null, error: formOf(refusal) }));
};

/** Refuses an upgrade in HTTP, for who is no browser; a browser sees only that no socket opened. */
export const refuseTooMany = (pipe: Duplex, retryAfterMs: number): void => {
	const body = JSON.stringify({ error: formOf({ code: "too-many-requests", retryAfterMs }) });
	const headers = [
		"HTTP/1.1 429 Too Many Requests",
		"Connection: close",
		"Content-Type: application/json",
		`Retry-After: ${Math.ceil(retryAfterMs / 1000)}`,
		`Content-Length: ${Buffer.byteLength(body)}`,
	];
	pipe.end(`${headers.join("\r\n")}\r\n\r\n${body}`);
};
