import type { Log } from "../../../shared/log.ts";
import type { ReceivingDependencies } from "../receiving/receiving-dependencies.ts";
import type { BringingDependencies } from "../transactions/bring-state.ts";
import type { ArrivingStore } from "./ports.ts";

/** What bringing the memberships of rooms stands on. */
export interface MembersDependencies
	extends Pick<ReceivingDependencies, "lane" | "graph" | "verifier" | "serverName">,
		Omit<BringingDependencies, "graph"> {
	readonly arriving: ArrivingStore;
	readonly clock: { now(): number };
	/** From 0 up to 1. */
	readonly random: () => number;
	readonly log: Log;
}
