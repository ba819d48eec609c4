import { createWordIndex, type IndexedText, type WordHit } from "../../shared/word-index.ts";
import { askSearch } from "../search/search-link.ts";
import { beginningsIn } from "../search/word-beginnings.ts";
import type { ChatMessages } from "./find-across.ts";
import { searchedIn } from "./question-words.ts";

/** So many are looked at: the best of each chat are among them. */
const most = 400;

/** The messages of some chats that have some words, the best first: in the worker, which knows what it was given before. */
export async function rankAcross(
	words: readonly string[],
	chats: readonly ChatMessages[],
): Promise<readonly WordHit[]> {
	try {
		for (const { roomId, messages } of chats) {
			await askSearch({ kind: "add", group: roomId, texts: messages.map(textOf) });
		}
		return await askSearch({ kind: "find", words, groups: chats.map(({ roomId }) => roomId), most });
	} catch {
		// Where no worker starts the page does it itself.
		return rankHere(words, chats);
	}
}

/** The same in this thread, of these chats alone. */
export async function rankHere(words: readonly string[], chats: readonly ChatMessages[]): Promise<readonly WordHit[]> {
	const index = createWordIndex(beginningsIn);
	for (const { roomId, messages } of chats) index.add(roomId, messages.map(textOf));
	return index.find(words, { most });
}

const textOf = (picked: ChatMessages["messages"][number]): IndexedText => ({
	id: picked.message.eventId,
	text: searchedIn(picked),
});
