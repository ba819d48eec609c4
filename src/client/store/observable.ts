/** A value with observers, in the shape that `useSyncExternalStore` asks for. */
export interface Observable<T> {
	get(): T;
	set(change: (value: T) => T): void;
	subscribe(listener: () => void): () => void;
}

export function observable<T>(initial: T): Observable<T> {
	let value = initial;
	const listeners = new Set<() => void>();
	return {
		get: () => value,
		set: (change) => {
			const next = change(value);
			if (Object.is(next, value)) return;
			value = next;
			for (const listener of [...listeners]) listener();
		},
		subscribe: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
