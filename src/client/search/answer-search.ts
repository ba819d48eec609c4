import { fuseRanks } from "../../shared/fuse-ranks.ts";
import { createVectorIndex } from "../../shared/vector-index.ts";
import { createWordIndex, type WordHit } from "../../shared/word-index.ts";
import { rankMessages } from "../assistant/rank-messages.ts";
import type { SearchCall } from "./search-message.ts";
import { beginningsIn } from "./word-beginnings.ts";

/** Does what pages ask, over the words and meanings that it was given. */
export function createSearchDesk(): (call: SearchCall) => readonly WordHit[] {
	const words = createWordIndex(beginningsIn);
	const vectors = createVectorIndex();
	const find = (call: Extract<SearchCall, { kind: "find" }>): readonly WordHit[] => {
		const groups = new Set(call.groups);
		const hits = words.find(call.words, { groups, most: call.most });
		if (call.meaning === undefined) return hits;
		const near = vectors.nearest(call.meaning, { groups, most: call.most });
		const groupOf = new Map([...hits, ...near].map(({ id, group }) => [id, group]));
		return [...fuseRanks(scoresOf(hits), scoresOf(near))]
			.map(([id, score]) => ({ id, group: groupOf.get(id) ?? "", score }))
			.sort((one, other) => other.score - one.score)
			.slice(0, call.most);
	};
	return (call) => {
		switch (call.kind) {
			case "add":
				words.add(call.group, call.texts);
				return [];
			case "vectors":
				vectors.add(call.group, call.vectors);
				return [];
			case "find":
				return find(call);
			case "rank": {
				const nearness =
					call.meaning === undefined
						? new Map<string, number>()
						: vectors.nearness(
								call.meaning,
								call.texts.map(({ id }) => id),
							);
				return rankMessages(call.words, call.texts, nearness).map(({ index, score }) => ({
					...{ id: String(index), group: "", score },
				}));
			}
		}
	};
}

const scoresOf = (hits: readonly WordHit[]): ReadonlyMap<string, number> =>
	new Map(hits.map(({ id, score }) => [id, score]));
