import { Agent, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import type { ApiCaller } from "./api-caller.ts";
import { apiErrorOf, ConnectionLost, type WireFailure } from "./api-error.ts";

interface Answer {
	readonly result?: { readonly data: unknown };
	readonly error?: WireFailure;
}

/** One person's calls over HTTP, as a page of the server makes them, on connections that stay open. */
export function createHttpCaller(origin: string, cookie: string): ApiCaller {
	const agent = new Agent({ keepAlive: true });
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

interface Sending {
	readonly method: string;
	readonly headers: Record<string, string>;
	readonly agent: Agent;
	readonly body: string | undefined;
}

const send = (url: string, { body, ...options }: Sending): Promise<IncomingMessage> =>
	new Promise((resolve, reject) => {
		const sending = request(url, options, resolve);
		sending.once("error", reject);
		sending.end(body);
	});
