import type { Library } from "./load-library.ts";

/** What is filled into a prompt. */
interface Filling {
	readonly context?: string;
	readonly query?: string;
}

/**
 * The data, then the question. LlamaIndex's own template fills by search and replace: braces and dollar signs in a message
 * would be read as places to fill.
 */
export const createExactPrompt = ({ PromptTemplate }: Library) => {
	class ExactPrompt extends PromptTemplate<readonly ["context", "query"]> {
		readonly filling: Filling;

		constructor(filling: Filling) {
			super({ templateVars: ["context", "query"], template: "{context}\n{query}" });
			this.filling = filling;
		}

		override partialFormat(more: Filling): ExactPrompt {
			return new ExactPrompt({ ...this.filling, ...more });
		}

		override format(more: Filling = {}): string {
			const { context = "", query = "" } = { ...this.filling, ...more };
			return `${context}\n${query}`;
		}
	}
	return new ExactPrompt({});
};

/** Puts texts together as they are: what fits was decided before, and a message is never cut in two. */
export const createWholePacking = ({ PromptHelper }: Library) => {
	class WholePacking extends PromptHelper {
		override repack(_prompt: unknown, texts: string[]): string[] {
			return [texts.join("\n")];
		}
	}
	return new WholePacking();
};
