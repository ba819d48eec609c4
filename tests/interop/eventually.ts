import { vi } from "vitest";

/** What one server did reaches the other in its own time: looks until `look` no longer throws. */
export const eventually = <T>(look: () => Promise<T>, seconds = 30): Promise<T> =>
	vi.waitFor(look, { timeout: seconds * 1000, interval: 100 });
