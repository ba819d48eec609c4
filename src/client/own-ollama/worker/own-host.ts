import type { ModelPrompt, ModelUsage } from "../../../shared/assistant/model-prompt.ts";
import { RunFailed } from "../../../shared/assistant/run-failed.ts";
import { type AnswerBounds, chatBounds, embedBounds, questionBounds } from "../../../shared/ollama/answer-bounds.ts";
import { answerLines } from "../../../shared/ollama/answer-lines.ts";
import { chatRequest, readChat } from "../../../shared/ollama/chat-call.ts";
import type { ModelAsker } from "../../../shared/ollama/check-models.ts";
import { type EmbedUse, embedRequest, readVectors, textsPerCall } from "../../../shared/ollama/embed-call.ts";
import { type Asked, askAddress } from "./ask-address.ts";

/** The person's own Ollama, from a browser. Methods throw RunFailed. */
export interface OwnHost extends ModelAsker {
	readonly origin: string;
	/** The answer as it is written. What it gives back at the end is what it cost. */
	chat(
		model: { readonly chatModel: string; readonly contextTokens: number },
		prompt: ModelPrompt,
	): AsyncGenerator<string, ModelUsage, undefined>;
	/** A vector for each text. */
	embed(
		call: { readonly model: string; readonly use: EmbedUse; readonly texts: readonly string[] },
		signal: AbortSignal,
	): Promise<readonly number[][]>;
	/** Whether anything answers there, also what does not want to be read by this site. */
	isThere(): Promise<boolean>;
}

/** @param bounds replaces deadlines and bounds */
export const createOwnHost = (origin: string, bounds: Partial<AnswerBounds> = {}): OwnHost => {
	const ask = (path: string, asked: Omit<Asked, "signal"> & { readonly signal?: AbortSignal }) =>
		askAddress(`${origin}${path}`, {
			signal: new AbortController().signal,
			...asked,
			bounds: { ...asked.bounds, ...bounds },
		});
	const question = async (path: string, body?: object): Promise<unknown> => {
		const pieces = await ask(path, { bounds: questionBounds, ...(body !== undefined && { body }) });
		return wholeOf(pieces, { ...questionBounds, ...bounds });
	};
	return {
		origin,
		version: async () => {
			const answer = await question("/api/version");
			if (typeof answer !== "object" || answer === null || !("version" in answer)) throw new RunFailed("bad-answer");
			return answer.version;
		},
		list: () => question("/api/tags"),
		show: (model) => question("/api/show", { model }),
		async *chat(model, prompt) {
			const { signal } = prompt;
			const pieces = await ask("/api/chat", { body: chatRequest(model, prompt), bounds: chatBounds, signal });
			return yield* readChat(parsed(answerLines(pieces, { ...chatBounds, ...bounds })));
		},
		embed: async ({ model, use, texts }, signal) => {
			const found: number[][] = [];
			for (let from = 0; from < texts.length; from += textsPerCall) {
				const part = texts.slice(from, from + textsPerCall);
				const body = embedRequest(model, use, part);
				const pieces = await ask("/api/embed", { body, bounds: embedBounds, signal });
				found.push(...readVectors(await wholeOf(pieces, { ...embedBounds, ...bounds }), part.length));
			}
			return found;
		},
		isThere: () =>
			fetch(`${origin}/api/version`, { mode: "no-cors", credentials: "omit", cache: "no-store" }).then(
				() => true,
				() => false,
			),
	};
};

async function* parsed(lines: AsyncIterable<string>): AsyncGenerator<unknown, void, undefined> {
	for await (const line of lines) yield JSON.parse(line);
}

const wholeOf = async (pieces: AsyncIterable<Uint8Array>, { mostBytes }: AnswerBounds): Promise<unknown> => {
	const decoder = new TextDecoder();
	let size = 0;
	let text = "";
	for await (const piece of pieces) {
		size += piece.length;
		if (size > mostBytes) throw new RunFailed("bad-answer", { detail: "an answer without end" });
		text += decoder.decode(piece, { stream: true });
	}
	try {
		return JSON.parse(text + decoder.decode());
	} catch {
		throw new RunFailed("bad-answer", { detail: "the answer is no JSON" });
	}
};
