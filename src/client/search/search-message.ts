import type { IndexedVector } from "../../shared/vector-index.ts";
import type { IndexedText, WordHit } from "../../shared/word-index.ts";

/** What pages ask of the worker that finds messages. */
export type SearchCall =
	/** Messages of a chat, to be found from now on. */
	| { readonly kind: "add"; readonly group: string; readonly texts: readonly IndexedText[] }
	/** What messages of a chat mean. */
	| { readonly kind: "vectors"; readonly group: string; readonly vectors: readonly IndexedVector[] }
	/** Messages of some chats, the best first. */
	| {
			readonly kind: "find";
			readonly words: readonly string[];
			readonly groups: readonly string[];
			readonly most: number;
			/** What the question means. */
			readonly meaning?: Int8Array;
	  }
	/** The messages of one chat, in their order, to be ranked. The ids of what comes back are their places. */
	| {
			readonly kind: "rank";
			readonly texts: readonly IndexedText[];
			readonly words: readonly string[];
			readonly meaning?: Int8Array;
	  };

export type SearchRequest = SearchCall & { readonly id: number };

export interface SearchReply {
	readonly id: number;
	/** Of `add` and `vectors`: none. */
	readonly hits: readonly WordHit[];
}
