import { tellingWords } from "../../../shared/stop-words.ts";
import { wordsOf } from "../../../shared/word-index.ts";
import { createWordRanks } from "../../../shared/word-ranks.ts";
import type { DocPassage } from "../doc-synthesizer.ts";

/** A part of a document, by what it is called. */
export interface DocSource {
	readonly document: string;
	readonly heading: string;
}

/** Kith's own documents, to be read by people. */
export interface DocShelf {
	/** Read with the first question. */
	passages(): Promise<readonly DocPassage[]>;
	/** The parts that share words with a question, the best first: it takes no model. */
	find(question: string, count: number): Promise<readonly DocSource[]>;
	/** All that stands under a heading; undefined: there is no such part. */
	read(source: DocSource): Promise<string | undefined>;
}

export const createDocShelf = (readPassages: () => Promise<readonly DocPassage[]>): DocShelf => {
	let reading: Promise<readonly DocPassage[]> | undefined;
	const passages = (): Promise<readonly DocPassage[]> => {
		reading ??= readPassages().catch((error: unknown) => {
			reading = undefined;
			throw error;
		});
		return reading;
	};
	return {
		passages,
		find: async (question, count) => {
			const all = await passages();
			// A heading says what the part is about.
			const texts = all.map(({ heading, text }) => stemmed(`${heading}\n${heading}\n${text}`));
			const ranked = createWordRanks(texts)(tellingWords(wordsOf(question)).map(stemOf));
			const scored = ranked.flatMap(({ index, score }) => {
				const passage = all[index];
				return passage === undefined ? [] : [{ passage, score: score * weightOf(passage) }];
			});
			const sources = new Map<string, DocSource>();
			for (const { passage } of scored.sort((one, other) => other.score - one.score)) {
				const { document, heading } = passage;
				sources.set(`${document}\n${heading}`, { document, heading });
			}
			return [...sources.values()].slice(0, count);
		},
		read: async ({ document, heading }) => {
			const own = (await passages()).filter((passage) => passage.document === document && passage.heading === heading);
			return own.length === 0 ? undefined : own.map(({ text }) => text).join("\n");
		},
	};
};

/** The page that is written for people comes before those for whoever runs a server. */
const weightOf = ({ document }: DocSource): number => (document === "docs/help.md" ? 2 : 1);

/** English words in one form: blocks, blocked and blocking are block. */
const stemOf = (word: string): string =>
	word.length < 5 ? word : word.replace(/(?:ing|ed|es|s)$/, "").replace(/(.)\1$/, "$1");

const stemmed = (text: string): string => wordsOf(text).map(stemOf).join(" ");
