const sliceSize = 100;

/**
 * Does something for each of many, and lets the process do other work after every hundred: two thousand people who come at
 * once have a hundred thousand contacts to be told of. Each of them may have ended meanwhile.
 */
export const inSlices = async <Item>(items: readonly Item[], act: (item: Item) => void): Promise<void> => {
	for (let at = 0; at < items.length; at += sliceSize) {
		for (const item of items.slice(at, at + sliceSize)) act(item);
		if (at + sliceSize < items.length) await new Promise((resolve) => setImmediate(resolve));
	}
};
