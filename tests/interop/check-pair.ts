import { afterAll, beforeAll, describe, it } from "vitest";
import type { Homeserver, RoomWishes } from "./homeserver.ts";
import type { Scenario } from "./scenario.ts";

/** Two servers that are started for one version's checks and end after them. */
export interface StartedPair extends AsyncDisposable {
	readonly first: Homeserver;
	readonly second: Homeserver;
}

export interface PairCheck {
	readonly versions: readonly RoomWishes["version"][];
	readonly scenarios: readonly Scenario[];
	/** Whose rooms: of the first server, of the second, or each in turn. */
	readonly makers: readonly ("first" | "second")[];
	start(version: RoomWishes["version"]): Promise<StartedPair>;
	/** What the two are called in the tests' names. */
	readonly names: { readonly first: string; readonly second: string };
}

/** Declares a test for each scenario, version and maker of the room. */
export const checkPair = ({ versions, scenarios, makers, start, names }: PairCheck): void => {
	describe.each(versions)("version %s", (version) => {
		let pair: StartedPair | undefined;
		beforeAll(async () => {
			pair = await start(version);
		});
		afterAll(() => pair?.[Symbol.asyncDispose]());
		describe.each(makers)("%s", (maker) => {
			const named = scenarios.map((scenario) => [scenario.name, scenario] as const);
			it.for(named)(`%s, in a room of ${names[maker]}`, async ([, { run, lacking }], { skip }) => {
				if (pair === undefined) throw new Error("the servers did not start");
				const { first, second } = pair;
				const servers = maker === "first" ? { host: first, guest: second } : { host: second, guest: first };
				const reason = await lacking?.(servers);
				// skipped: the peer's configuration, which is not ours, may not offer what the scenario is about
				if (reason !== undefined) skip(reason);
				await run({ version, ...servers });
			});
		});
	});
};
