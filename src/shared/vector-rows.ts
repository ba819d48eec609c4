/** Vectors of bytes by their places, in one block that grows: an array for each would take more than it holds. */
export interface VectorRows {
	/** Puts a vector at a place. False: it has another length than the first one, and is left out. */
	put(place: number, vector: Int8Array): boolean;
	/** How near what is at a place is to a question, from -1 to 1; undefined: the question is nothing that could be compared. */
	nearTo(question: Int8Array): ((place: number) => number) | undefined;
	/** So many places, or some more, at which what is nearest to a question most likely is. */
	likely(question: Int8Array, places: readonly number[], count: number): readonly number[];
}

const firstRows = 256;
const bitsPerWord = 32;

export const createVectorRows = (): VectorRows => {
	let width = 0;
	let rows = 0;
	let block = new Int8Array(0);
	let lengths = new Float32Array(0);
	/** On which side of nothing each number is: what points the same way is on the same sides. */
	let signs = new Int32Array(0);
	const words = (): number => Math.ceil(width / bitsPerWord);
	const grow = (least: number): void => {
		rows = Math.max(firstRows, Math.ceil(least * 1.5));
		block = longer(block, new Int8Array(rows * width));
		lengths = longer(lengths, new Float32Array(rows));
		signs = longer(signs, new Int32Array(rows * words()));
	};
	return {
		put: (place, vector) => {
			if (width === 0) width = vector.length;
			if (vector.length !== width || width === 0) return false;
			if (place >= rows) grow(place + 1);
			block.set(vector, place * width);
			lengths[place] = lengthOf(vector);
			signs.set(signsOf(vector), place * words());
			return true;
		},
		nearTo: (question) => {
			const length = lengthOf(question);
			if (question.length !== width || length === 0) return undefined;
			return (place) => {
				const own = lengths[place] ?? 0;
				return own === 0 ? 0 : dot(question, block, place * width) / (own * length);
			};
		},
		likely: (question, places, count) => {
			const asked = signsOf(question);
			const apart = new Uint16Array(places.length);
			const step = words();
			for (let at = 0; at < places.length; at += 1) apart[at] = sidesApart(asked, signs, (places[at] ?? 0) * step);
			const farthest = farthestOf(apart, count, width);
			return places.filter((_, at) => (apart[at] ?? 0) <= farthest);
		},
	};
};

const longer = <All extends Int8Array | Int32Array | Float32Array>(before: All, after: All): All => {
	after.set(before);
	return after;
};

const lengthOf = (vector: Int8Array): number => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));

const dot = (question: Int8Array, block: Int8Array, from: number): number => {
	let sum = 0;
	for (let at = 0; at < question.length; at += 1) {
		sum = (sum + Math.imul(question[at] ?? 0, block[from + at] ?? 0)) | 0;
	}
	return sum;
};

const signsOf = (vector: Int8Array): Int32Array => {
	const signs = new Int32Array(Math.ceil(vector.length / bitsPerWord));
	for (const [at, value] of vector.entries()) {
		const word = at >>> 5;
		if (value > 0) signs[word] = (signs[word] ?? 0) | (1 << (at & 31));
	}
	return signs;
};

/** How many numbers are on other sides. */
const sidesApart = (asked: Int32Array, signs: Int32Array, from: number): number => {
	let count = 0;
	for (let at = 0; at < asked.length; at += 1) count += bitsIn((asked[at] ?? 0) ^ (signs[from + at] ?? 0));
	return count;
};

const bitsIn = (word: number): number => {
	const pairs = word - ((word >>> 1) & 0x55555555);
	const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
	return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/** The distance within which so many are. */
const farthestOf = (apart: Uint16Array, count: number, most: number): number => {
	const counts = new Uint32Array(most + 1);
	for (const one of apart) counts[one] = (counts[one] ?? 0) + 1;
	let within = 0;
	for (let distance = 0; distance <= most; distance += 1) {
		within += counts[distance] ?? 0;
		if (within >= count) return distance;
	}
	return most;
};
