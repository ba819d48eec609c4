import type { WordHit } from "../../shared/word-index.ts";
import type { PickedMessage } from "./pick-messages.ts";
import { askedWords } from "./question-words.ts";

/** Messages of one chat. */
export interface ChatMessages {
	readonly roomId: string;
	/** In the order in which they were written. */
	readonly messages: readonly PickedMessage[];
}

/** Finds messages of chats by words and, where it is known, by meaning, the best first. */
export type RankAcross = (words: readonly string[], chats: readonly ChatMessages[]) => Promise<readonly WordHit[]>;

/** A question goes to so many chats at most, and to each with so many messages and what stands beside them. */
const mostChats = 6;
const mostFound = 8;
/** What shares so much less than the best does is about something else. */
const fewestOfBest = 0.4;

/**
 * Where the answer to a question may be, the best chat first, with the messages of each, the best first. All chats are
 * measured by one scale: what is rare in one of them may be in everybody's mouth elsewhere.
 */
export async function findAcross(
	question: string,
	chats: readonly ChatMessages[],
	rank: RankAcross,
): Promise<readonly ChatMessages[]> {
	const best = nearBest(await rank(askedWords(question), chats));
	const groups = [...new Set(best.map(({ group }) => group))].slice(0, mostChats);
	return groups.map((roomId) => {
		const messages = chats.find((chat) => chat.roomId === roomId)?.messages ?? [];
		const placeOf = new Map(messages.map(({ message }, place) => [message.eventId, place]));
		const places = best.filter(({ group }) => group === roomId).flatMap(({ id }) => placeOf.get(id) ?? []);
		return { roomId, messages: withNeighbours(places.slice(0, mostFound), messages) };
	});
}

/** Those that share enough, of some that stand with the best first. */
function nearBest(hits: readonly WordHit[]): readonly WordHit[] {
	const least = (hits[0]?.score ?? 0) * fewestOfBest;
	return hits.filter(({ score }) => score >= least);
}

/** Each with the one before it and the two behind it: what answers stands beside what asks. */
function withNeighbours(places: readonly number[], picked: readonly PickedMessage[]): readonly PickedMessage[] {
	const all = new Set(places.flatMap((place) => [0, -1, 1, 2].map((step) => place + step)));
	return [...all].flatMap((place) => picked[place] ?? []);
}
