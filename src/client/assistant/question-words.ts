import { tellingWords } from "../../shared/stop-words.ts";
import { type IndexedText, wordsOf } from "../../shared/word-index.ts";
import { beginningOf } from "../search/word-beginnings.ts";
import type { PickedMessage } from "./pick-messages.ts";

/** What of a message is looked at. */
export const searchedIn = ({ message }: PickedMessage): string => `${message.sender} ${message.body}`;

/** The same as the worker is given it. */
export const searchedText = (picked: PickedMessage): IndexedText => ({
	id: picked.message.eventId,
	text: searchedIn(picked),
});

/** What a question is looked for by. */
export const askedWords = (question: string): readonly string[] => tellingWords(wordsOf(question)).map(beginningOf);
