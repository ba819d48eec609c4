import type { Ollama } from "ollama";
import * as z from "zod";
import {
	type AnswerBounds,
	chatBounds,
	embedBounds,
	pullBounds,
	questionBounds,
} from "../../../shared/ollama/answer-bounds.ts";
import { chatRequest, readChat } from "../../../shared/ollama/chat-call.ts";
import { checkModels, type WantedModels } from "../../../shared/ollama/check-models.ts";
import { embedRequest, readVectors, textsPerCall } from "../../../shared/ollama/embed-call.ts";
import {
	type HostCheck,
	type ModelHost,
	type ModelPrompt,
	type ModelUsage,
	RunFailed,
} from "../../assistant/public.ts";
import { ollamaFetch } from "./ollama-fetch.ts";

export interface OllamaHostOptions extends WantedModels {
	readonly url: string;
	/** Replaces deadlines and bounds. */
	readonly bounds?: Partial<AnswerBounds>;
}

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
				const part = texts.slice(from, from + textsPerCall);
				const answer = await asker.embed(embedRequest(embedModel, use, part));
				found.push(...readVectors(answer, part.length));
			}
			return found;
		},
		check: async (): Promise<HostCheck> => {
			try {
				const asker = await client(new AbortController().signal, questionBounds);
				return await checkModels(
					{
						version: async () => (await asker.version()).version,
						list: () => asker.list(),
						show: (model) => asker.show({ model }),
					},
					options,
				);
			} catch {
				return { state: "unreachable", version: undefined, hasChat: false, hasEmbed: false };
			}
		},
		pull: (model, onProgress) => pull((signal) => client(signal, pullBounds, true), model, onProgress),
	};
};

async function* chat(
	open: (signal: AbortSignal) => Promise<Ollama>,
	models: WantedModels,
	prompt: ModelPrompt,
): AsyncGenerator<string, ModelUsage, undefined> {
	// Leaving the loop does not close the client's stream: this does, whichever way it is left.
	const ours = new AbortController();
	const client = await open(AbortSignal.any([prompt.signal, ours.signal]));
	try {
		return yield* readChat(await client.chat(chatRequest(models, prompt)));
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
