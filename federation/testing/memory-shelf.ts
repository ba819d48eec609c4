/** A shelf in memory, for events that are there anyway. */
import type { EventShelf } from "../ports/event-shelf.ts";

/** Makes one. */
export const createMemoryShelf = (): EventShelf => {
	const texts: string[] = [];
	return {
		put: async (text) => texts.push(text) - 1,
		text: async (place) => {
			const text = texts[place];
			if (text === undefined) throw new Error(`nothing lies at ${place}`);
			return text;
		},
		close: async () => {
			texts.length = 0;
		},
	};
};
