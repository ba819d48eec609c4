import type { WordHit, WordIndex } from "../../shared/word-index.ts";
import type { SearchCall } from "./search-message.ts";

/** Does what is asked of an index. */
export function answerSearch(index: WordIndex, call: SearchCall): readonly WordHit[] {
	if (call.kind === "find") return index.find(call.words, { groups: new Set(call.groups), most: call.most });
	index.add(call.group, call.texts);
	return [];
}
