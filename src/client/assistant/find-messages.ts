import { createWordRanks, type RankedText } from "../../shared/word-ranks.ts";
import { beginningsIn } from "../search/word-beginnings.ts";
import type { PickedMessage } from "./pick-messages.ts";
import { askedWords, searchedIn } from "./question-words.ts";

/** So many messages are given at most. */
const mostFound = 48;
/** What has so much less than the best is about something else. */
const fewestOfBest = 0.3;
/** The best one comes with these around it, whatever they share: little is given where little is found. */
const aroundBest = [-1, 1, 2];
/** Where none shares a word, so many of the newest may still hold the answer. */
const newest = 40;
/** What answers stands beside what asks: a message has so much of what the one so many steps before it shares with the question. */
const shares = [
	{ step: 0, share: 1 },
	{ step: 1, share: 0.6 },
	{ step: -1, share: 0.4 },
	{ step: 2, share: 0.3 },
	{ step: -2, share: 0.2 },
	{ step: 3, share: 0.15 },
] as const;

export interface Found {
	/** The best first. */
	readonly messages: readonly PickedMessage[];
	/** False: no message shares a word with the question. */
	readonly byWords: boolean;
}

/** The messages that may answer a question, by the words that they and those around them share with it. */
export function findMessages(question: string, picked: readonly PickedMessage[]): Found {
	const ranked = rankMessages(question, picked);
	const least = (ranked[0]?.score ?? 0) * fewestOfBest;
	const best = ranked.slice(0, mostFound).filter(({ score }) => score >= least);
	if (best.length === 0) return { messages: picked.slice(-newest).toReversed(), byWords: false };
	const places = best.map(({ index }) => index);
	const around = places.slice(0, 1).flatMap((place) => aroundBest.map((step) => place + step));
	const given = [...new Set([...places, ...around])].slice(0, mostFound);
	return { messages: given.flatMap((place) => picked[place] ?? []), byWords: true };
}

/** All messages that share a word with a question or stand beside one that does: the best first, of equals the later one. */
function rankMessages(question: string, picked: readonly PickedMessage[]): readonly RankedText[] {
	const rank = createWordRanks(picked.map(searchedIn), beginningsIn);
	const scores = new Map<number, number>();
	for (const { index, score } of rank(askedWords(question))) {
		for (const { step, share } of shares) {
			const near = index + step;
			if (near in picked) scores.set(near, (scores.get(near) ?? 0) + score * share);
		}
	}
	return [...scores]
		.map(([index, score]) => ({ index, score }))
		.sort((one, other) => other.score - one.score || other.index - one.index);
}

/** In the order in which they were written. */
export function inOrder(messages: readonly PickedMessage[]): readonly PickedMessage[] {
	return messages.toSorted((one, other) => one.message.at - other.message.at);
}
