import type { FindOptions, WordHit } from "./word-index.ts";

/** A text by its meaning: a vector of bytes, of which the direction counts. */
export interface IndexedVector {
	readonly id: string;
	readonly vector: Int8Array;
}

/** Vectors in groups. A question costs what there is in its groups. */
export interface VectorIndex {
	/** Takes vectors in; one that is known is replaced. What has another length than the first is left out. */
	add(group: string, vectors: readonly IndexedVector[]): void;
	/** How near each of some is to a question, from -1 to 1; of those that are known. */
	nearness(question: Int8Array, wanted: readonly string[]): ReadonlyMap<string, number>;
	/** Those that are nearest to a question, the nearest first. */
	nearest(question: Int8Array, options: FindOptions): readonly WordHit[];
	readonly size: number;
}

/** A model's vector in bytes, a quarter of what it takes else: its direction stays, as far as ranking looks at it. */
export const bytesOf = (vector: readonly number[]): Int8Array => {
	const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
	return Int8Array.from(vector, (value) => (largest === 0 ? 0 : Math.round((value / largest) * 127)));
};

const firstRows = 256;

/** One block of bytes for all of them, which grows by halves again: an array for each would take more than it holds. */
export const createVectorIndex = (): VectorIndex => {
	let width = 0;
	let block = new Int8Array(0);
	let lengths = new Float32Array(0);
	const ids: string[] = [];
	const groupOf: string[] = [];
	const places = new Map<string, number>();
	const grow = (): void => {
		const rows = Math.max(firstRows, Math.ceil(ids.length * 1.5));
		const larger = new Int8Array(rows * width);
		larger.set(block);
		block = larger;
		const longer = new Float32Array(rows);
		longer.set(lengths);
		lengths = longer;
	};
	const put = (group: string, { id, vector }: IndexedVector): void => {
		if (width === 0) width = vector.length;
		if (vector.length !== width || width === 0) return;
		let place = places.get(id);
		if (place === undefined) {
			place = ids.push(id) - 1;
			groupOf.push(group);
			places.set(id, place);
			if (ids.length > lengths.length) grow();
		}
		block.set(vector, place * width);
		lengths[place] = lengthOf(vector);
	};
	const dot = (question: Int8Array, place: number): number => {
		let sum = 0;
		for (let at = 0, from = place * width; at < width; at += 1) sum += (question[at] ?? 0) * (block[from + at] ?? 0);
		return sum;
	};
	/** Undefined: it is nothing that could be compared. */
	const nearTo = (question: Int8Array): ((place: number) => number) | undefined => {
		const length = lengthOf(question);
		if (question.length !== width || length === 0) return undefined;
		return (place) => {
			const own = lengths[place] ?? 0;
			return own === 0 ? 0 : dot(question, place) / (own * length);
		};
	};
	return {
		add: (group, vectors) => {
			for (const vector of vectors) put(group, vector);
		},
		nearness: (question, wanted) => {
			const near = nearTo(question);
			const found = new Map<string, number>();
			for (const id of wanted) {
				const place = places.get(id);
				if (near !== undefined && place !== undefined) found.set(id, near(place));
			}
			return found;
		},
		nearest: (question, { groups, most }) => {
			const near = nearTo(question);
			if (near === undefined) return [];
			const hits: WordHit[] = [];
			for (const [place, id] of ids.entries()) {
				const group = groupOf[place] ?? "";
				if (groups?.has(group) === false) continue;
				const score = near(place);
				if (score > 0) hits.push({ group, id, score });
			}
			return hits.sort((one, other) => other.score - one.score).slice(0, most);
		},
		get size() {
			return ids.length;
		},
	};
};

const lengthOf = (vector: Int8Array): number => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
