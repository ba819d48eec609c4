import * as z from "zod";
import type { ModelPrompt, ModelUsage } from "../assistant/model-prompt.ts";
import { RunFailed } from "../assistant/run-failed.ts";

/** How long a model stays in memory after its last use: long enough for a conversation. */
export const keepAlive = "10m";
/** The whole of an answer, in characters: beyond it nothing is an answer to what is asked here. */
const longestAnswer = 64_000;

/**
 * What a chat is asked with. `truncate` and `shift` are off, so that a prompt that is too long is an error and not a loss; the
 * size of the context is always the same, for another one makes Ollama load the model anew.
 */
export const chatRequest = (
	{ chatModel, contextTokens }: { readonly chatModel: string; readonly contextTokens: number },
	{ system, user, schema, mostTokens }: Omit<ModelPrompt, "signal">,
) => ({
	model: chatModel,
	messages: [
		{ role: "system", content: system },
		{ role: "user", content: user },
	],
	stream: true as const,
	truncate: false as const,
	shift: false as const,
	keep_alive: keepAlive,
	...(schema === undefined ? {} : { format: schema }),
	options: { num_ctx: contextTokens, num_predict: mostTokens, temperature: 0.2, seed: 7 },
});

const chatChunk = z.object({
	message: z.object({ content: z.string() }).optional(),
	done: z.boolean().optional(),
	prompt_eval_count: z.int().min(0).max(10_000_000).optional(),
	eval_count: z.int().min(0).max(10_000_000).optional(),
});

/** Reads the lines of an answer as words, within bounds; what it gives back at the end is what it cost. Throws RunFailed. */
export async function* readChat(chunks: AsyncIterable<unknown>): AsyncGenerator<string, ModelUsage, undefined> {
	let length = 0;
	for await (const chunk of chunks) {
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
}
