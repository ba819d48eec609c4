import type { RankedText } from "../../shared/word-ranks.ts";
import { askSearch } from "../search/search-link.ts";
import type { PickedMessage } from "./pick-messages.ts";
import { askedWords, searchedText } from "./question-words.ts";
import { rankMessages } from "./rank-messages.ts";

/** So many messages are given at most. */
const mostFound = 48;
/** What has so much less than the best is about something else. */
const fewestOfBest = 0.3;
/** The best one comes with these around it, whatever they share: little is given where little is found. */
const aroundBest = [-1, 1, 2];
/** Where none shares anything with the question, so many of the newest may still hold the answer. */
const newest = 40;

export interface Found {
	/** The best first. */
	readonly messages: readonly PickedMessage[];
	/** False: no message shares a word with the question, or means something like it. */
	readonly isFound: boolean;
}

/**
 * The messages that may answer a question, by the words that they and those around them share with it and, where it is known
 * what it means, by what they mean: ranked in the worker, which has their vectors.
 */
export async function findMessages(
	question: string,
	picked: readonly PickedMessage[],
	meaning: Int8Array | undefined,
): Promise<Found> {
	const words = askedWords(question);
	const texts = picked.map(searchedText);
	try {
		const hits = await askSearch({ kind: "rank", texts, words, ...(meaning !== undefined && { meaning }) });
		return bestOf(
			hits.map(({ id, score }) => ({ index: Number(id), score })),
			picked,
		);
	} catch {
		// Where no worker starts the page does it itself.
		return findByWords(question, picked);
	}
}

/** The same in this thread, by words and by what is known of their meaning. */
export function findByWords(
	question: string,
	picked: readonly PickedMessage[],
	nearness: ReadonlyMap<string, number> = new Map(),
): Found {
	return bestOf(rankMessages(askedWords(question), picked.map(searchedText), nearness), picked);
}

function bestOf(ranked: readonly RankedText[], picked: readonly PickedMessage[]): Found {
	const least = (ranked[0]?.score ?? 0) * fewestOfBest;
	const best = ranked.slice(0, mostFound).filter(({ score }) => score >= least);
	if (best.length === 0) return { messages: picked.slice(-newest).toReversed(), isFound: false };
	const places = best.map(({ index }) => index);
	const around = places.slice(0, 1).flatMap((place) => aroundBest.map((step) => place + step));
	const given = [...new Set([...places, ...around])].slice(0, mostFound);
	return { messages: given.flatMap((place) => picked[place] ?? []), isFound: true };
}

/** In the order in which they were written. */
export function inOrder(messages: readonly PickedMessage[]): readonly PickedMessage[] {
	return messages.toSorted((one, other) => one.message.at - other.message.at);
}
