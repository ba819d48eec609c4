import type { EmbedUse } from "../../shared/ollama/embed-call.ts";
import { askOwn } from "../own-ollama/own-link.ts";
import { ownOllama } from "../own-ollama/own-settings.ts";

/** What makes vectors of texts. */
export interface Embedding {
	readonly origin: string;
	readonly model: string;
}

/** The person's own, where they chose a model for it. */
export function ownEmbedding(): Embedding | undefined {
	const own = ownOllama.get();
	if (own.kind !== "set" || own.settings.embedModel === undefined) return undefined;
	return { origin: own.settings.origin, model: own.settings.embedModel };
}

interface Embedded {
	readonly use: EmbedUse;
	readonly texts: readonly string[];
	readonly signal?: AbortSignal;
}

/** A vector for each text. Rejects where there is none. */
export function embedOwn(
	{ origin, model }: Embedding,
	{ use, texts, signal }: Embedded,
): Promise<readonly (readonly number[])[]> {
	return new Promise((resolve, reject) => {
		const end = askOwn(origin, { kind: "embed", model, use, texts }, (answer) => {
			if (answer.kind === "vectors") resolve(answer.vectors);
			else reject(new Error("no vectors"));
		});
		signal?.addEventListener("abort", () => {
			end();
			reject(signal.reason);
		});
	});
}
