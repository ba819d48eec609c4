/** A real Ollama that somebody runs, and models that it has. */
export interface RealOllama {
	readonly url: string;
	readonly chatModel: string;
	readonly embedModel: string;
}

/** What names it. */
export const ollamaVariables = ["KITH_PEER_OLLAMA_URL", "KITH_PEER_OLLAMA_CHAT", "KITH_PEER_OLLAMA_EMBED"] as const;

/** The Ollama that the environment names; undefined where it names none. */
export const realOllama = (): RealOllama | undefined => {
	const [url, chatModel, embedModel] = ollamaVariables.map((name) => process.env[name] ?? "");
	if (url === undefined || chatModel === undefined || embedModel === undefined) return undefined;
	return [url, chatModel, embedModel].includes("") ? undefined : { url, chatModel, embedModel };
};
