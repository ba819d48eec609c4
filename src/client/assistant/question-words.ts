import { tellingWords } from "../../shared/stop-words.ts";
import { wordsOf } from "../../shared/word-index.ts";
import { beginningOf } from "../search/word-beginnings.ts";
import type { PickedMessage } from "./pick-messages.ts";

/** What of a message is looked at. */
export const searchedIn = ({ message }: PickedMessage): string => `${message.sender} ${message.body}`;

/** What a question is looked for by. */
export const askedWords = (question: string): readonly string[] => tellingWords(wordsOf(question)).map(beginningOf);
