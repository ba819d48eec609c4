import type { Bus, Poke } from "../../stream/public.ts";

/** The bus of a server that is one process. */
export const createMemoryBus = (): Bus => {
	const listeners = new Set<(poke: Poke) => void>();
	return {
		publish: (poke) => {
			for (const listener of listeners) queueMicrotask(() => listener(poke));
		},
		subscribe: (listener) => {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		isConnected: () => true,
		close: async () => {
			listeners.clear();
		},
	};
};
