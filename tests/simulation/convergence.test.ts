import { describe, expect, it } from "vitest";
import { disagreementsAmong, simulate } from "./converge.ts";

const seeds = Array.from({ length: 100 }, (_, i) => i + 1);

describe("simulated servers", { timeout: 120_000 }, () => {
	it.each(["11", "12"] as const)(
		"RES-CONVERGENCE: 100 room histories of version %s end alike everywhere",
		async (id) => {
			const outcomes = new Map<string, number>();
			for (const seed of seeds) {
				const history = await simulate(seed, id);
				expect(disagreementsAmong(history), `seed ${seed}, version ${id}`).toEqual([]);
				for (const server of history.servers) {
					for (const [outcome, count] of server.outcomes) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + count);
				}
			}
			// The histories are worth something only if everything happened in them.
			for (const outcome of ["accepted", "softFailed", "rejected", "incomplete", "redacted"]) {
				expect(outcomes.get(outcome) ?? 0, outcome).toBeGreaterThan(50);
			}
			expect(outcomes.get("dropped") ?? 0).toBe(0);
		},
	);
});
