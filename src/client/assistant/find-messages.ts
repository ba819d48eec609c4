import { createWordRanks } from "../../shared/word-ranks.ts";
import type { PickedMessage } from "./pick-messages.ts";

/** So many messages that share words with the question are looked for; each brings its neighbours. */
const mostFound = 25;
/** Where none does, so many of the newest may still hold the answer. */
const newest = 40;

export interface Found {
	/** The best first, each followed by the one before it and the one behind it. */
	readonly messages: readonly PickedMessage[];
	/** False: no message shares a word with the question. */
	readonly byWords: boolean;
}

/** The messages that may answer a question, by the words they share with it: what answers stands beside what asks. */
export function findMessages(question: string, picked: readonly PickedMessage[]): Found {
	const rank = createWordRanks(picked.map(({ message }) => `${message.sender} ${message.body}`));
	const best = rank(question).slice(0, mostFound);
	if (best.length === 0) return { messages: picked.slice(-newest).toReversed(), byWords: false };
	const places = new Set(best.flatMap((index) => [index, index - 1, index + 1]));
	return { messages: [...places].flatMap((index) => picked[index] ?? []), byWords: true };
}

/** In the order in which they were written. */
export function inOrder(messages: readonly PickedMessage[]): readonly PickedMessage[] {
	return messages.toSorted((one, other) => one.message.at - other.message.at);
}
