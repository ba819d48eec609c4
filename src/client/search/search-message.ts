import type { IndexedText, WordHit } from "../../shared/word-index.ts";

/** What pages ask of the worker that finds messages. */
export type SearchCall =
	/** Messages of a chat, to be found from now on. */
	| { readonly kind: "add"; readonly group: string; readonly texts: readonly IndexedText[] }
	| {
			readonly kind: "find";
			readonly words: readonly string[];
			readonly groups: readonly string[];
			readonly most: number;
	  };

export type SearchRequest = SearchCall & { readonly id: number };

export interface SearchReply {
	readonly id: number;
	/** Of `add`: none. */
	readonly hits: readonly WordHit[];
}
