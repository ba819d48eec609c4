import type { ChatMessage, ChatResponse, ChatResponseChunk, LLMChatParamsStreaming } from "@llamaindex/core/llms";
import type { ModelUsage } from "../../../shared/assistant/model-prompt.ts";
import type { SynthesisRequest } from "../../../shared/assistant/synthesizer.ts";
import type { ModelHost } from "../ports.ts";
import type { Library } from "./load-library.ts";

/** What one call of a model is made with besides its prompt. */
export interface CallFrame extends Pick<SynthesisRequest, "system" | "schema" | "mostTokens"> {
	readonly signal: AbortSignal;
	readonly contextTokens: number;
	/** Told of the whole prompt before it is sent, and of what it cost. */
	onPrompt(system: string, user: string): void;
	onUsage(usage: ModelUsage): void;
}

/** A host as LlamaIndex wants its model: one for each call, for LlamaIndex has no place for a signal and a schema. */
export const createRunLlm = ({ BaseLLM }: Library, host: ModelHost, frame: CallFrame) => {
	class RunLlm extends BaseLLM {
		readonly metadata = {
			...{ model: host.url, temperature: 0, topP: 1, tokenizer: undefined, structuredOutput: true },
			...{ contextWindow: frame.contextTokens, maxTokens: frame.mostTokens },
		};

		override chat(params: LLMChatParamsStreaming): Promise<AsyncIterable<ChatResponseChunk>>;
		override chat(params: { readonly messages: ChatMessage[] }): Promise<ChatResponse>;
		override async chat(params: {
			readonly messages: ChatMessage[];
			readonly stream?: boolean;
		}): Promise<AsyncIterable<ChatResponseChunk> | ChatResponse> {
			const user = params.messages.map(({ content }) => textOf(content)).join("\n");
			const pieces = write(host, frame, user);
			if (params.stream === true) return pieces;
			let content = "";
			for await (const { delta } of pieces) content += delta;
			return { message: { role: "assistant", content }, raw: null };
		}
	}
	return new RunLlm();
};

async function* write(
	host: ModelHost,
	frame: CallFrame,
	user: string,
): AsyncGenerator<ChatResponseChunk, void, undefined> {
	const { system, schema, mostTokens, signal } = frame;
	frame.onPrompt(system, user);
	const answer = host.chat({ system, user, schema, mostTokens, signal });
	try {
		for (;;) {
			const { done, value } = await answer.next();
			if (done === true) {
				frame.onUsage(value);
				return;
			}
			yield { delta: value, raw: null };
		}
	} finally {
		await answer.return({ promptTokens: 0, answerTokens: 0 });
	}
}

const textOf = (content: ChatMessage["content"]): string =>
	typeof content === "string" ? content : content.map((part) => (part.type === "text" ? part.text : "")).join("");
