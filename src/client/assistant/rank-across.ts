import { createWordIndex, type WordHit } from "../../shared/word-index.ts";
import { askSearch } from "../search/search-link.ts";
import { beginningsIn } from "../search/word-beginnings.ts";
import type { ChatMessages } from "./find-across.ts";
import { searchedText } from "./question-words.ts";

/** So many are looked at: the best of each chat are among them. */
const most = 400;

/** The messages of some chats that have some words, or a meaning, the best first: in the worker, which knows what it was given before. */
export async function rankAcross(
	words: readonly string[],
	chats: readonly ChatMessages[],
	meaning?: Int8Array | undefined,
): Promise<readonly WordHit[]> {
	try {
		for (const { roomId, messages } of chats) {
			await askSearch({ kind: "add", group: roomId, texts: messages.map(searchedText) });
		}
		return await askSearch({
			kind: "find",
			words,
			groups: chats.map(({ roomId }) => roomId),
			most,
			...(meaning !== undefined && { meaning }),
		});
	} catch {
		// Where no worker starts the page does it itself.
		return rankHere(words, chats);
	}
}

/** The same in this thread, of these chats alone. */
export async function rankHere(words: readonly string[], chats: readonly ChatMessages[]): Promise<readonly WordHit[]> {
	const index = createWordIndex(beginningsIn);
	for (const { roomId, messages } of chats) index.add(roomId, messages.map(searchedText));
	return index.find(words, { most });
}
