import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { AnswerBounds } from "../../../shared/ollama/answer-bounds.ts";
import { failureOf } from "../../../shared/ollama/failure-of.ts";
import { RunFailed } from "../../assistant/public.ts";
import { readLines, readWhole } from "./bounded-answer.ts";

export interface FetchOptions {
	/** Ends the request at once, with its connection: that is how Ollama hears that nobody waits any more. */
	readonly signal: AbortSignal;
	readonly bounds: AnswerBounds;
	/** The answer is a JSON object a line. */
	readonly isStream: boolean;
}

/** Where a client of Ollama may send what it likes. */
export interface SentRequest {
	readonly method: string;
	readonly body: string;
}

/**
 * The `fetch` for one call of Ollama's client, which has no deadlines, no bounds, and writes what it cannot read into the
 * log: here a refusal, a line that is none and a silence become RunFailed before the client sees them. Follows no
 * redirections: what is sent goes to this address or nowhere.
 */
export const ollamaFetch =
	({ signal, bounds, isStream }: FetchOptions): typeof fetch =>
	async (address, init) => {
		const url = new URL(address instanceof Request ? address.url : address);
		const answer = await send(url, { method: init?.method ?? "GET", body: bodyOf(init?.body) }, { signal, bounds });
		const status = answer.statusCode ?? 0;
		if (status !== 200) {
			const words = await readWhole(answer, { ...bounds, mostBytes: 64_000, idleMs: 5_000 }).catch(() =>
				Buffer.alloc(0),
			);
			throw failureOf(status === 200 ? 500 : status, words.toString("utf8"));
		}
		if (isStream) return new Response(streamOf(readLines(answer, bounds)));
		const whole = await readWhole(answer, bounds);
		try {
			return Response.json(JSON.parse(whole.toString("utf8")));
		} catch {
			throw new RunFailed("bad-answer", { detail: "the answer is no JSON" });
		}
	};

const bodyOf = (body: unknown): string => {
	if (body === undefined || body === null) return "";
	if (typeof body !== "string") throw new TypeError("Ollama is sent text alone");
	return body;
};

const send = (
	url: URL,
	{ method, body }: SentRequest,
	{ signal, bounds }: Pick<FetchOptions, "signal" | "bounds">,
): Promise<IncomingMessage> =>
	new Promise((resolve, reject) => {
		signal.throwIfAborted();
		const begin = url.protocol === "https:" ? requestHttps : requestHttp;
		const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
		const request = begin(url, { method, headers, agent: false });
		let timer = setTimeout(() => request.destroy(new RunFailed("unreachable")), bounds.connectMs);
		const onAbort = (): void => void request.destroy(signal.reason);
		signal.addEventListener("abort", onAbort, { once: true });
		request.once("close", () => {
			clearTimeout(timer);
			signal.removeEventListener("abort", onAbort);
		});
		request.once("socket", (socket) => {
			socket.once(url.protocol === "https:" ? "secureConnect" : "connect", () => {
				clearTimeout(timer);
				timer = setTimeout(() => request.destroy(new RunFailed("timed-out")), bounds.firstMs);
			});
		});
		request.once("response", (answer) => {
			clearTimeout(timer);
			resolve(answer);
		});
		request.once("error", (error: Error) => {
			const isOurs = error instanceof RunFailed || signal.aborted;
			reject(isOurs ? error : new RunFailed("unreachable", { cause: error }));
		});
		request.end(body);
	});

const streamOf = (lines: AsyncGenerator<string, void, undefined>): ReadableStream<Uint8Array> => {
	const encoder = new TextEncoder();
	return new ReadableStream<Uint8Array>({
		pull: async (controller) => {
			const { done, value } = await lines.next();
			if (done === true) controller.close();
			else controller.enqueue(encoder.encode(value));
		},
		cancel: async () => {
			await lines.return();
		},
	});
};
