import * as z from "zod";
import { RunFailed } from "../assistant/run-failed.ts";
import { keepAlive } from "./chat-call.ts";

/** So many texts are given at once. */
export const textsPerCall = 32;

/** Whether a text is looked for, or looked through. */
export type EmbedUse = "question" | "document";

/** What vectors of texts are asked for with. */
export const embedRequest = (model: string, use: EmbedUse, texts: readonly string[]) => ({
	model,
	input: texts.map((text) => prefixOf(model, use) + text),
	truncate: true as const,
	keep_alive: keepAlive,
});

const vectors = z.object({ embeddings: z.array(z.array(z.number()).min(1).max(10_000)) });

/** The vectors, as many as there were texts, all of one length. Throws RunFailed. */
export const readVectors = (answer: unknown, count: number): readonly number[][] => {
	const { data } = vectors.safeParse(answer);
	if (data?.embeddings.length !== count) throw new RunFailed("bad-answer", { detail: "not a vector each" });
	if (new Set(data.embeddings.map(({ length }) => length)).size > 1) {
		throw new RunFailed("bad-answer", { detail: "vectors of several lengths" });
	}
	return data.embeddings;
};

/** Nomic's model was trained with these words in front; others were not. */
const prefixOf = (model: string, use: EmbedUse): string => {
	if (!/^nomic-embed-text\b/.test(model)) return "";
	return use === "question" ? "search_query: " : "search_document: ";
};
