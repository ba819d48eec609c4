/** What a record is found by. Of the kinds that IndexedDB knows these are used here; others are refused. */
export type StoreKey = number | string | readonly StoreKey[];

/** The key that a value stands for; undefined: it is none, and an index passes over it. */
export const keyOf = (value: unknown): StoreKey | undefined => {
	if (typeof value === "string") return value;
	if (typeof value === "number") return Number.isNaN(value) ? undefined : value;
	if (!Array.isArray(value)) return undefined;
	const parts = value.map(keyOf);
	return parts.every((part) => part !== undefined) ? parts : undefined;
};

/** Throws DataError where a value is no key. */
export const requireKey = (value: unknown): StoreKey => {
	const key = keyOf(value);
	if (key === undefined) throw new DOMException("this is no key", "DataError");
	return key;
};

/** Numbers before texts, texts before lists. Indexed Database API 3.0, "compare two keys". */
export const compareKeys = (one: StoreKey, other: StoreKey): number => {
	const ranks = rankOf(one) - rankOf(other);
	if (ranks !== 0) return ranks;
	if (isList(one) && isList(other)) return compareLists(one, other);
	if (one === other) return 0;
	return one < other ? -1 : 1;
};

/** Keys from one to another. */
export class KeyRange {
	readonly lower: StoreKey | undefined;
	readonly upper: StoreKey | undefined;
	readonly lowerOpen: boolean;
	readonly upperOpen: boolean;

	private constructor(lower: StoreKey | undefined, upper: StoreKey | undefined, open: readonly [boolean, boolean]) {
		this.lower = lower;
		this.upper = upper;
		[this.lowerOpen, this.upperOpen] = open;
	}

	static only(value: unknown): KeyRange {
		const key = requireKey(value);
		return new KeyRange(key, key, [false, false]);
	}

	static lowerBound(lower: unknown, open = false): KeyRange {
		return new KeyRange(requireKey(lower), undefined, [open, true]);
	}

	static upperBound(upper: unknown, open = false): KeyRange {
		return new KeyRange(undefined, requireKey(upper), [true, open]);
	}

	static bound(lower: unknown, upper: unknown, ...open: readonly boolean[]): KeyRange {
		const [lowerOpen = false, upperOpen = false] = open;
		const range = new KeyRange(requireKey(lower), requireKey(upper), [lowerOpen, upperOpen]);
		if (compareKeys(requireKey(lower), requireKey(upper)) > 0) throw new DOMException("an empty range", "DataError");
		return range;
	}

	includes(key: StoreKey): boolean {
		return this.isBelow(key) && this.isAbove(key);
	}

	private isBelow(key: StoreKey): boolean {
		if (this.lower === undefined) return true;
		const order = compareKeys(this.lower, key);
		return order < 0 || (order === 0 && !this.lowerOpen);
	}

	private isAbove(key: StoreKey): boolean {
		if (this.upper === undefined) return true;
		const order = compareKeys(key, this.upper);
		return order < 0 || (order === 0 && !this.upperOpen);
	}
}

/** What a question about records names: all of them, those with one key, or those in a range. */
export const rangeOf = (query: unknown): KeyRange | undefined => {
	if (query === undefined || query === null) return undefined;
	return query instanceof KeyRange ? query : KeyRange.only(query);
};

const isList = (key: StoreKey): key is readonly StoreKey[] => Array.isArray(key);

const rankOf = (key: StoreKey): number => (typeof key === "number" ? 0 : typeof key === "string" ? 1 : 2);

const compareLists = (one: readonly StoreKey[], other: readonly StoreKey[]): number => {
	for (const [index, part] of one.entries()) {
		const counterpart = other[index];
		if (counterpart === undefined) return 1;
		const order = compareKeys(part, counterpart);
		if (order !== 0) return order;
	}
	return one.length - other.length;
};
