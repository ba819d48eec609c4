import { Agent, type IncomingMessage, type RequestOptions, request as requestPlainly } from "node:http";
import { request as requestSecurely, Agent as SecureAgent } from "node:https";
import { text } from "node:stream/consumers";
import type { ApiCaller } from "./api-caller.ts";
import { apiErrorOf, ConnectionLost, type WireFailure } from "./api-error.ts";

interface Answer {
	readonly result?: { readonly data: unknown };
	readonly error?: WireFailure;
}

/**
 * One person's calls over HTTP, as a page of the server makes them, on connections that stay open.
 * @param ca what vouches for a server with TLS, in PEM
 */
export function createHttpCaller(origin: string, cookie: string, ca?: string): ApiCaller {
	const agent = ca === undefined ? new Agent({ keepAlive: true }) : new SecureAgent({ keepAlive: true, ca });
	const call = async (path: string, method: "GET" | "POST", input: unknown): Promise<unknown> => {
		const query = method === "GET" && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
		const body = method === "POST" ? JSON.stringify(input ?? {}) : undefined;
		const headers = { origin, cookie, ...(body === undefined ? {} : { "content-type": "application/json" }) };
		const answer = parse(
			await send(`${origin}/api/trpc/${path}${query}`, { method, headers, agent, body })
				.then(text)
				.catch(() => {
					throw new ConnectionLost(path);
				}),
		);
		if (answer.error !== undefined) throw apiErrorOf(path, answer.error);
		return answer.result?.data;
	};
	return {
		query: (path, input) => call(path, "GET", input),
		mutate: (path, input) => call(path, "POST", input),
		close: () => agent.destroy(),
	};
}

/** An answer that came whole and is none of the API's is a defect of the server. */
function parse(answer: string): Answer {
	try {
		return JSON.parse(answer);
	} catch {
		return { error: {} };
	}
}

interface Sending extends RequestOptions {
	readonly body: string | undefined;
}

/** As a browser does, asks again where a connection that was kept open turns out to have ended meanwhile. */
const send = (url: string, { body, ...options }: Sending): Promise<IncomingMessage> =>
	new Promise((resolve, reject) => {
		const request = url.startsWith("https:") ? requestSecurely : requestPlainly;
		const sending = request(url, options, resolve);
		sending.once("error", (error) => {
			const wasStale = sending.reusedSocket && options.method === "GET";
			if (wasStale) send(url, { body, ...options }).then(resolve, reject);
			else reject(error);
		});
		sending.end(body);
	});
