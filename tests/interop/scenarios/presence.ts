import { expect } from "vitest";
import { eventually } from "../eventually.ts";
import { bothWays, meet, type Scenario } from "../scenario.ts";

export const presenceScenarios: readonly Scenario[] = [
	{
		name: "who is there is shown",
		run: async (pair) => {
			await Promise.all([pair.host.sharePresence?.(), pair.guest.sharePresence?.()]);
			const { ada, ben } = await meet(pair);
			// Whoever looks is there.
			for (const [one, other] of bothWays(ada, ben)) await one.seesOnline(other.userId);
			for (const [one, other] of bothWays(ada, ben)) {
				await eventually(async () => expect(await one.seesOnline(other.userId)).toBe(true));
			}
		},
	},
];
