/** A binary heap: the next smallest of a growing set, as Kahn's algorithm needs it. */
export class MinHeap<Item> {
	readonly #items: Item[] = [];
	readonly #compare: (a: Item, b: Item) => number;

	constructor(compare: (a: Item, b: Item) => number) {
		this.#compare = compare;
	}

	/** Adds an item. */
	push(item: Item): void {
		this.#items.push(item);
		let at = this.#items.length - 1;
		while (at > 0) {
			const parent = (at - 1) >>> 1;
			if (!this.#swapIfSmaller(at, parent)) return;
			at = parent;
		}
	}

	/** Takes the smallest item away. */
	pop(): Item | undefined {
		const smallest = this.#items[0];
		const last = this.#items.pop();
		if (this.#items.length === 0 || last === undefined) return smallest;
		this.#items[0] = last;
		let at = 0;
		for (;;) {
			const child = this.#smallerChild(at);
			if (child === undefined || !this.#swapIfSmaller(child, at)) return smallest;
			at = child;
		}
	}

	#smallerChild(at: number): number | undefined {
		const left = 2 * at + 1;
		if (left >= this.#items.length) return undefined;
		return left + 1 < this.#items.length && this.#isSmaller(left + 1, left) ? left + 1 : left;
	}

	#swapIfSmaller(lower: number, upper: number): boolean {
		if (!this.#isSmaller(lower, upper)) return false;
		const item = this.#items[lower] as Item;
		this.#items[lower] = this.#items[upper] as Item;
		this.#items[upper] = item;
		return true;
	}

	#isSmaller(a: number, b: number): boolean {
		return this.#compare(this.#items[a] as Item, this.#items[b] as Item) < 0;
	}
}
