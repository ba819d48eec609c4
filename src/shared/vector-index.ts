import { createVectorRows } from "./vector-rows.ts";
import type { FindOptions, WordHit } from "./word-index.ts";

/** A text by its meaning: a vector of bytes, of which the direction counts. */
export interface IndexedVector {
	readonly id: string;
	readonly vector: Int8Array;
}

/** Vectors in groups. */
export interface VectorIndex {
	/** Takes vectors in; one that is known is replaced. What has another length than the first is left out. */
	add(group: string, vectors: readonly IndexedVector[]): void;
	/** How near each of some is to a question, from -1 to 1; of those that are known. */
	nearness(question: Int8Array, wanted: readonly string[]): ReadonlyMap<string, number>;
	/**
	 * Those that are nearest to a question, the nearest first. Up to some thousand are all looked at; of more, those that lie on
	 * the same sides as the question, of which the nearest few are certain, and the last ones likely.
	 */
	nearest(question: Int8Array, options: FindOptions): readonly WordHit[];
	readonly size: number;
}

/** A model's vector in bytes, a quarter of what it takes else: its direction stays, as far as ranking looks at it. */
export const bytesOf = (vector: readonly number[]): Int8Array => {
	const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
	return Int8Array.from(vector, (value) => (largest === 0 ? 0 : Math.round((value / largest) * 127)));
};

/** So many are looked at one by one, and four times as many as are wanted. */
const mostLooked = 1_600;
const lookedForEach = 4;

export const createVectorIndex = (): VectorIndex => {
	const rows = createVectorRows();
	const ids: string[] = [];
	const places = new Map<string, number>();
	const placesOf = new Map<string, number[]>();
	const groupAt: string[] = [];
	const put = (group: string, { id, vector }: IndexedVector): void => {
		const known = places.get(id);
		const place = known ?? ids.length;
		if (!rows.put(place, vector) || known !== undefined) return;
		ids.push(id);
		groupAt.push(group);
		places.set(id, place);
		const own = placesOf.get(group);
		if (own === undefined) placesOf.set(group, [place]);
		else own.push(place);
	};
	const lookedAt = (question: Int8Array, { groups, most }: FindOptions): readonly number[] => {
		const wanted = [...(groups ?? placesOf.keys())].flatMap((group) => placesOf.get(group) ?? []);
		const count = Math.max(mostLooked, most * lookedForEach);
		return wanted.length <= count ? wanted : rows.likely(question, wanted, count);
	};
	return {
		add: (group, vectors) => {
			for (const vector of vectors) put(group, vector);
		},
		nearness: (question, wanted) => {
			const near = rows.nearTo(question);
			const found = new Map<string, number>();
			for (const id of wanted) {
				const place = places.get(id);
				if (near !== undefined && place !== undefined) found.set(id, near(place));
			}
			return found;
		},
		nearest: (question, options) => {
			const near = rows.nearTo(question);
			if (near === undefined) return [];
			return lookedAt(question, options)
				.map((place) => ({ id: ids[place] ?? "", group: groupAt[place] ?? "", score: near(place) }))
				.filter(({ score }) => score > 0)
				.sort((one, other) => other.score - one.score)
				.slice(0, options.most);
		},
		get size() {
			return ids.length;
		},
	};
};
