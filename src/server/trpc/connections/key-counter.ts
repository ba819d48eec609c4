/** Counts what is open under each key: sockets of an account, of an address. */
export interface KeyCounter {
	/** Counts one more and answers the way to take it back; undefined: the key has as many as it may. */
	enter(key: string): (() => void) | undefined;
}

export const createKeyCounter = (maximum: number): KeyCounter => {
	const counts = new Map<string, number>();
	const leave = (key: string): void => {
		const left = (counts.get(key) ?? 1) - 1;
		if (left === 0) counts.delete(key);
		else counts.set(key, left);
	};
	return {
		enter: (key) => {
			const count = counts.get(key) ?? 0;
			if (count >= maximum) return undefined;
			counts.set(key, count + 1);
			let hasLeft = false;
			return () => {
				if (!hasLeft) leave(key);
				hasLeft = true;
			};
		},
	};
};
