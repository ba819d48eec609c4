/**
 * The worker's entry. Messages of many chats are taken apart into words here, where the page's own thread would stand still.
 * They stay in this worker's memory alone, and go with it.
 */
import { createWordIndex } from "../../../shared/word-index.ts";
import { answerSearch } from "../answer-search.ts";
import type { SearchReply, SearchRequest } from "../search-message.ts";
import { beginningsIn } from "../word-beginnings.ts";

const index = createWordIndex(beginningsIn);

addEventListener("message", ({ data }: MessageEvent<SearchRequest>) => {
	postMessage({ id: data.id, hits: answerSearch(index, data) } satisfies SearchReply);
});
