import { RunFailed } from "../../../shared/assistant/run-failed.ts";
import { wordsOf } from "../../../shared/word-index.ts";
import { createWordRanks } from "../../../shared/word-ranks.ts";
import type { DocPassage } from "../doc-synthesizer.ts";
import type { ModelHost } from "../ports.ts";
import { createDocEmbedding } from "./doc-embedding.ts";
import { type Library, loadLibrary } from "./load-library.ts";

/** Kith's own documents, to be searched. */
export interface DocIndex {
	find(
		question: string,
		options: { readonly count: number; readonly host: ModelHost; readonly signal: AbortSignal },
	): Promise<readonly DocPassage[]>;
}

type VectorIndex = Awaited<ReturnType<Library["VectorStoreIndex"]["fromDocuments"]>>;

/** Of the fusion of ranks: how little the first places count more than the next ones. */
const rankSoftness = 60;

/**
 * Finds passages by words and, where the model for vectors is there, by meaning. The vectors are made with the first
 * question and kept in memory.
 */
export const createDocIndex = (readPassages: () => Promise<readonly DocPassage[]>): DocIndex => {
	let reading: Promise<readonly DocPassage[]> | undefined;
	let vectors: VectorIndex | undefined;
	const passagesOnce = (): Promise<readonly DocPassage[]> => {
		reading ??= readPassages();
		return reading;
	};
	return {
		find: async (question, { count, host, signal }) => {
			const passages = await passagesOnce();
			const byWords = createWordRanks(passages.map(searched))(wordsOf(question)).map(({ index }) => index);
			const library = await loadLibrary();
			const embedding = createDocEmbedding(library, host, signal);
			const byMeaning = await library.Settings.withEmbedModel(embedding, async () => {
				vectors ??= await indexOf(library, passages);
				vectors.embedModel = embedding;
				const found = await vectors.asRetriever({ similarityTopK: 2 * count }).retrieve({ query: question });
				return found.map(({ node }) => Number(node.metadata["index"]));
			}).catch((error: unknown) => withoutVectors(error, signal));
			return fuse([byWords, byMeaning])
				.slice(0, count)
				.flatMap((index) => passages[index] ?? []);
		},
	};
};

const searched = ({ heading, text }: DocPassage): string => `${heading}\n${text}`;

/** Documents and not plain nodes: only they keep what a search gives back. */
const indexOf = ({ Document, VectorStoreIndex }: Library, passages: readonly DocPassage[]): Promise<VectorIndex> => {
	const documents = passages.map((passage, index) => {
		const text = searched(passage);
		const excluded = ["index"];
		return new Document({
			...{ id_: `passage-${index}`, text, metadata: { index } },
			...{ excludedEmbedMetadataKeys: excluded, excludedLlmMetadataKeys: excluded },
		});
	});
	return VectorStoreIndex.fromDocuments(documents);
};

/** Words alone find something too; a run that is over finds nothing. */
const withoutVectors = (error: unknown, signal: AbortSignal): readonly number[] => {
	if (signal.aborted) throw signal.reason;
	if (error instanceof RunFailed && error.reason === "unreachable") throw error;
	return [];
};

const fuse = (rankings: readonly (readonly number[])[]): readonly number[] => {
	const scores = new Map<number, number>();
	for (const ranking of rankings) {
		for (const [place, index] of ranking.entries()) {
			scores.set(index, (scores.get(index) ?? 0) + 1 / (rankSoftness + place));
		}
	}
	return [...scores].sort(([, one], [, other]) => other - one).map(([index]) => index);
};
