import type { RealOllama } from "../../ollama/real-ollama.ts";
import type { Figure } from "../figure.ts";

/** What measures some figures of the assistant. */
export interface AssistantBench {
	readonly ids: readonly string[];
	/** It takes a real model: without one it is left out. */
	readonly isOnModel: boolean;
	measure(context: AssistantContext): Promise<readonly Figure[]>;
}

export interface AssistantContext {
	/** Undefined: none is named; benches on a model are not called then. */
	readonly ollama: RealOllama | undefined;
	say(line: string): void;
}

/** What is the same in all: the size of a context on a small machine. */
export const contextTokens = 4096;

export const neededOllama = ({ ollama }: AssistantContext): RealOllama => {
	if (ollama === undefined) throw new Error("no Ollama is named");
	return ollama;
};
