import type { ChatRequest, Ollama } from "ollama";
import * as z from "zod";
import {
	type HostCheck,
	type ModelHost,
	type ModelPrompt,
	type ModelUsage,
	RunFailed,
} from "../../assistant/public.ts";
import { type AnswerBounds, chatBounds, embedBounds, pullBounds, questionBounds } from "./answer-bounds.ts";
import { type CheckedModels, checkHost } from "./check-host.ts";
import { ollamaFetch } from "./ollama-fetch.ts";

export interface OllamaHostOptions extends CheckedModels {
	readonly url: string;
	/** Replaces deadlines and bounds. */
	readonly bounds?: Partial<AnswerBounds>;
}

/** How long a model stays in memory after its last use: long enough for a conversation. */
const keepAlive = "10m";
/** The whole of an answer, in characters: beyond it nothing is an answer to what is asked here. */
const longestAnswer = 64_000;
const textsPerCall = 32;

const chatChunk = z.object({
	message: z.object({ content: z.string() }).optional(),
	done: z.boolean().optional(),
	prompt_eval_count: z.int().min(0).max(10_000_000).optional(),
	eval_count: z.int().min(0).max(10_000_000).optional(),
});
const vectors = z.object({ embeddings: z.array(z.array(z.number()).min(1).max(10_000)) });
const pullProgress = z.object({
	completed: z.number().default(0),
	total: z.number().default(0),
	digest: z.string().default(""),
});

/** One Ollama over its own client, which is loaded with the first call. */
export const createOllamaHost = (options: OllamaHostOptions): ModelHost => {
	const { url, embedModel } = options;
	const client = async (signal: AbortSignal, usual: AnswerBounds, isStream = false): Promise<Ollama> => {
		const { Ollama } = await import("ollama");
		return new Ollama({ host: url, fetch: ollamaFetch({ signal, bounds: { ...usual, ...options.bounds }, isStream }) });
	};
	return {
		url,
		chat: (prompt) => chat((signal) => client(signal, chatBounds, true), options, prompt),
		embed: async (texts, use, signal) => {
			const asker = await client(signal, embedBounds);
			const found: number[][] = [];
			for (let from = 0; from < texts.length; from += textsPerCall) {
				const input = texts.slice(from, from + textsPerCall).map((text) => prefixOf(embedModel, use) + text);
				const answer = await asker.embed({ model: embedModel, input, truncate: true, keep_alive: keepAlive });
				const { data } = vectors.safeParse(answer);
				if (data?.embeddings.length !== input.length)
					throw new RunFailed("bad-answer", { detail: "not a vector each" });
				found.push(...data.embeddings);
			}
			return found;
		},
		check: async (): Promise<HostCheck> => {
			try {
				return await checkHost(await client(new AbortController().signal, questionBounds), options);
			} catch {
				return { state: "unreachable", version: undefined, hasChat: false, hasEmbed: false };
			}
		},
		pull: (model, onProgress) => pull((signal) => client(signal, pullBounds, true), model, onProgress),
	};
};

/** Nomic's model was trained with these words in front; others were not. */
const prefixOf = (model: string, use: "question" | "document"): string => {
	if (!/^nomic-embed-text\b/.test(model)) return "";
	return use === "question" ? "search_query: " : "search_document: ";
};

/**
 * `truncate` and `shift` are off, so that a prompt that is too long is an error and not a loss; the size of the context is
 * always the same, for another one makes Ollama load the model anew.
 */
const chatRequest = (
	{ chatModel, contextTokens }: CheckedModels,
	{ system, user, schema, mostTokens }: ModelPrompt,
): ChatRequest & { stream: true; truncate: false; shift: false } => ({
	model: chatModel,
	messages: [
		{ role: "system", content: system },
		{ role: "user", content: user },
	],
	stream: true,
	truncate: false,
	shift: false,
	keep_alive: keepAlive,
	...(schema === undefined ? {} : { format: schema }),
	options: { num_ctx: contextTokens, num_predict: mostTokens, temperature: 0.2, seed: 7 },
});

async function* chat(
	open: (signal: AbortSignal) => Promise<Ollama>,
	models: CheckedModels,
	prompt: ModelPrompt,
): AsyncGenerator<string, ModelUsage, undefined> {
	// Leaving the loop does not close the client's stream: this does, whichever way it is left.
	const ours = new AbortController();
	const client = await open(AbortSignal.any([prompt.signal, ours.signal]));
	let length = 0;
	try {
		for await (const chunk of await client.chat(chatRequest(models, prompt))) {
			const { data } = chatChunk.safeParse(chunk);
			if (data === undefined) throw new RunFailed("bad-answer", { detail: "a line of another form" });
			const piece = data.message?.content ?? "";
			length += piece.length;
			if (length > longestAnswer) throw new RunFailed("bad-answer", { detail: "an answer without end" });
			if (piece !== "") yield piece;
			if (data.done === true) {
				return { promptTokens: data.prompt_eval_count ?? 0, answerTokens: data.eval_count ?? 0 };
			}
		}
		throw new RunFailed("broken-off");
	} catch (error) {
		throw prompt.signal.aborted ? prompt.signal.reason : failed(error);
	} finally {
		ours.abort();
	}
}

/** The reader of a stream wraps what ends it. */
const failed = (error: unknown): RunFailed => {
	if (error instanceof RunFailed) return error;
	const cause = error instanceof Error ? error.cause : undefined;
	return cause instanceof RunFailed ? cause : new RunFailed("failed", { cause: error });
};

const pull = async (
	open: (signal: AbortSignal) => Promise<Ollama>,
	model: string,
	onProgress: (completed: number, total: number) => void,
): Promise<void> => {
	const ours = new AbortController();
	const client = await open(ours.signal);
	const parts = new Map<string, { completed: number; total: number }>();
	try {
		for await (const step of await client.pull({ model, stream: true })) {
			const { data } = pullProgress.safeParse(step);
			if (data === undefined || data.digest === "" || parts.size > 1_000) continue;
			parts.set(data.digest, data);
			const sums = [...parts.values()];
			onProgress(
				sums.reduce((sum, { completed }) => sum + completed, 0),
				sums.reduce((sum, { total }) => sum + total, 0),
			);
		}
	} catch (error) {
		throw failed(error);
	} finally {
		ours.abort();
	}
};
