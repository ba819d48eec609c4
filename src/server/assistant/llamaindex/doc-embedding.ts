import type { ModelHost } from "../ports.ts";
import type { Library } from "./load-library.ts";

/** A host as LlamaIndex wants what makes vectors: documents in batches, questions as questions. */
export const createDocEmbedding = ({ BaseEmbedding }: Library, host: ModelHost, signal: AbortSignal) => {
	const embed = async (texts: readonly string[], use: "question" | "document"): Promise<number[][]> =>
		(await host.embed(texts, use, signal)).map((vector) => [...vector]);
	const first = async (text: string, use: "question" | "document"): Promise<number[]> =>
		(await embed([text], use))[0] ?? [];
	class DocEmbedding extends BaseEmbedding {
		constructor() {
			super();
			this.embedBatchSize = 32;
			this.getTextEmbeddings = (texts) => embed(texts, "document");
		}

		override getTextEmbedding(text: string): Promise<number[]> {
			return first(text, "document");
		}

		override getQueryEmbedding(query: { readonly type: string; readonly text?: string }): Promise<number[] | null> {
			return first(query.text ?? "", "question");
		}
	}
	return new DocEmbedding();
};
