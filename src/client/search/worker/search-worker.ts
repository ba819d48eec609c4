/**
 * The worker's entry. Messages of many chats are taken apart into words here, and ranked, where the page's own thread would
 * stand still. They stay in this worker's memory alone, and go with it.
 */
import { createSearchDesk } from "../answer-search.ts";
import type { SearchReply, SearchRequest } from "../search-message.ts";

const answer = createSearchDesk();

addEventListener("message", ({ data }: MessageEvent<SearchRequest>) => {
	postMessage({ id: data.id, hits: answer(data) } satisfies SearchReply);
});
