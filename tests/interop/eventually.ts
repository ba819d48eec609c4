import { setTimeout as delay } from "node:timers/promises";

const pauseMs = 100;

/** What one server did reaches the other in its own time: looks until `look` no longer throws; then, its last words. */
export const eventually = async <T>(look: () => Promise<T>, seconds = 30): Promise<T> => {
	const deadline = performance.now() + seconds * 1000;
	for (;;) {
		try {
			return await look();
		} catch (error) {
			if (performance.now() > deadline) throw error;
			await delay(pauseMs);
		}
	}
};
