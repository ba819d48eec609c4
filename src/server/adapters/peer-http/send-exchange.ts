import type { ClientRequest, IncomingMessage } from "node:http";
import { type Agent, request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { checkServerIdentity, type TLSSocket } from "node:tls";
import type { MayReach } from "../dns/address-policy.ts";
import type { Exchange, ExchangeResult } from "./exchange.ts";
import { ExchangeFailure, failureOf } from "./failure.ts";

export interface ExchangeGround {
	readonly agent: Agent;
	readonly lookup: LookupFunction;
	readonly mayReach: MayReach;
	/** For a connection with TLS. */
	readonly connectMs: number;
}

/** A body that stands still for so long has ended. */
const stillMs = 20_000;
const maxHeaderBytes = 16 * 1024;

/** Sends one request and reads its answer, all of it bounded. */
export const sendExchange = (ground: ExchangeGround, exchange: Exchange): Promise<ExchangeResult> => {
	const { host } = exchange.endpoint;
	// A socket to an address asks for no lookup, so it is checked here.
	if (isIP(host) !== 0 && !ground.mayReach(host)) {
		const failure = { reason: "addressRefused", detail: "the address is a private one" } as const;
		return Promise.resolve({ kind: "failed", ...failure, isStale: false });
	}
	return new Promise((resolve) => {
		const request = open(ground, exchange);
		let timer: NodeJS.Timeout | undefined;
		const onAbort = (): void => void request.destroy(tooLate("no answer"));
		const settle = (result: ExchangeResult): void => {
			clearTimeout(timer);
			exchange.signal.removeEventListener("abort", onAbort);
			resolve(result);
		};
		let hasAnswer = false;
		const fail = (error: unknown): void => {
			request.destroy();
			const failure = failureOf(exchange.signal.aborted ? tooLate("no answer") : error);
			const isStale = request.reusedSocket && !hasAnswer && failure.reason === "connection";
			settle({ kind: "failed", ...failure, isStale });
		};
		exchange.signal.addEventListener("abort", onAbort);
		if (exchange.signal.aborted) onAbort();
		request.on("error", fail);
		request.on("socket", (socket) => {
			// One that stood open comes connected; until then a request may have waited for its turn, which is no failure.
			if ((socket as TLSSocket).authorized) return;
			timer = setTimeout(() => request.destroy(tooLate("no connection")), ground.connectMs);
			socket.once("secureConnect", () => clearTimeout(timer));
		});
		request.on("response", (response) => {
			hasAnswer = true;
			readResponse(response, exchange).then(settle, fail);
		});
		request.end(exchange.body);
	});
};

const open = ({ agent, lookup }: ExchangeGround, exchange: Exchange): ClientRequest => {
	const { certificateName, endpoint, method, path, headers } = exchange;
	return httpsRequest({
		agent,
		lookup,
		host: endpoint.host,
		port: endpoint.port,
		method,
		path,
		headers,
		setHost: false,
		maxHeaderSize: maxHeaderBytes,
		// An address is no name that could be asked for (RFC 6066).
		servername: isIP(certificateName) === 0 ? certificateName.replace(/\.$/, "") : "",
		checkServerIdentity: (_, certificate) => checkServerIdentity(certificateName, certificate),
	});
};

const readResponse = async (response: IncomingMessage, exchange: Exchange): Promise<ExchangeResult> => {
	const { statusCode: status = 0, headers } = response;
	const encoding = headers["content-encoding"];
	if (encoding !== undefined && encoding.toLowerCase() !== "identity") {
		throw new ExchangeFailure("malformedAnswer", "the answer is compressed, which was not asked for");
	}
	const onBody = status === 200 ? exchange.onBody : undefined;
	const body = await readBody(response, { maxBytes: exchange.maxBytes(status), onBody });
	return { kind: "response", status, headers, body };
};

const readBody = async (
	response: IncomingMessage,
	{ maxBytes, onBody }: { readonly maxBytes: number; readonly onBody: Exchange["onBody"] },
): Promise<Uint8Array | undefined> => {
	const still = setTimeout(() => response.destroy(tooLate("the answer stands still")), stillMs);
	try {
		const chunks: Uint8Array[] = [];
		let size = 0;
		let keptBytes = 0;
		if (Number(response.headers["content-length"] ?? 0) > maxBytes) return undefined;
		for await (const chunk of response as AsyncIterable<Uint8Array>) {
			size += chunk.length;
			if (size > maxBytes) return undefined;
			if (onBody === undefined) {
				chunks.push(chunk);
				keptBytes += chunk.length;
			} else await onBody(chunk);
			still.refresh();
		}
		if (!response.complete) throw new ExchangeFailure("connection", "the answer was cut short");
		return Buffer.concat(chunks, keptBytes);
	} finally {
		clearTimeout(still);
		// What is not read to its end is not read at all: the socket goes with it.
		if (!response.complete) response.destroy();
	}
};

const tooLate = (what: string): ExchangeFailure => new ExchangeFailure("timeout", `${what} in time`);
