import type { NodeWithScore } from "@llamaindex/core/schema";
import { markedLines } from "../../../shared/assistant/prompts/data-block.ts";
import type { SynthesisRequest } from "../../../shared/assistant/synthesizer.ts";
import type { Library } from "./load-library.ts";

/** Retrieves the lines of one run, all and in their order, between their marks: who asked has chosen them. */
export const createLineRetriever = (
	{ BaseRetriever, Document }: Library,
	{ lines, boundary }: Pick<SynthesisRequest, "lines" | "boundary">,
) => {
	class LineRetriever extends BaseRetriever {
		// biome-ignore lint/complexity/noUselessConstructor: the one that it extends is protected
		constructor() {
			super();
		}

		override _retrieve(): Promise<NodeWithScore[]> {
			const texts = markedLines(lines, boundary);
			return Promise.resolve(
				texts.map((text, index) => ({ node: new Document({ id_: String(index), text }), score: 1 })),
			);
		}
	}
	return new LineRetriever();
};
