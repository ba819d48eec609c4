import { RunFailed } from "../../../shared/assistant/run-failed.ts";
import type { AnswerBounds } from "../../../shared/ollama/answer-bounds.ts";
import { failureOf } from "../../../shared/ollama/failure-of.ts";

export interface Asked {
	/** Absent: it is only read. */
	readonly body?: object;
	readonly bounds: AnswerBounds;
	readonly signal: AbortSignal;
}

/** Of an answer that says no. */
const mostRefusalBytes = 64_000;

/**
 * Asks an address, follows no redirections, sends nothing along that says who asks, and gives out the answer as it arrives.
 * Leaving the answer ends the request. Throws RunFailed, or what the signal says.
 */
export const askAddress = async (
	address: string,
	asked: Asked,
): Promise<AsyncGenerator<Uint8Array, void, undefined>> => {
	const { body, bounds, signal } = asked;
	signal.throwIfAborted();
	const watch = watchSilence(signal, bounds);
	let response: Response;
	try {
		response = await fetch(address, {
			method: body === undefined ? "GET" : "POST",
			...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
			...({ redirect: "error", credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" } as const),
			signal: watch.signal,
		});
	} catch (error) {
		const isEnded = watch.signal.aborted;
		watch.end();
		throw isEnded ? watch.signal.reason : new RunFailed("unreachable", { cause: error });
	}
	const pieces = piecesOf(response, watch);
	if (response.ok) return pieces;
	throw failureOf(response.status, await firstWords(pieces));
};

/** Gives up where nothing comes for too long. */
const watchSilence = (signal: AbortSignal, { connectMs, firstMs, idleMs }: AnswerBounds) => {
	const ours = new AbortController();
	const giveUp = (): void => ours.abort(new RunFailed("timed-out"));
	let timer = setTimeout(giveUp, connectMs + firstMs);
	return {
		signal: AbortSignal.any([signal, ours.signal]),
		heard: (): void => {
			clearTimeout(timer);
			timer = setTimeout(giveUp, idleMs);
		},
		end: (): void => {
			clearTimeout(timer);
			ours.abort();
		},
	};
};

async function* piecesOf(
	{ body }: Response,
	watch: ReturnType<typeof watchSilence>,
): AsyncGenerator<Uint8Array, void, undefined> {
	const reader = body?.getReader();
	try {
		for (;;) {
			const part = await reader?.read();
			if (part === undefined || part.done) return;
			watch.heard();
			yield part.value;
		}
	} catch (error) {
		throw watch.signal.aborted ? watch.signal.reason : new RunFailed("broken-off", { cause: error });
	} finally {
		watch.end();
	}
}

const firstWords = async (pieces: AsyncIterable<Uint8Array>): Promise<string> => {
	const decoder = new TextDecoder();
	let words = "";
	try {
		for await (const piece of pieces) {
			words += decoder.decode(piece, { stream: true });
			if (words.length > mostRefusalBytes) break;
		}
	} catch {
		// The status says enough.
	}
	return words;
};
