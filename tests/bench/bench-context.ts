import type { Peer } from "./peer/peer.ts";

/** What a bench is given. */
export interface BenchContext {
	/** The server of somebody else that is measured beside ours; absent: ratios are left out. */
	readonly peer: Peer | undefined;
	/** Where it says what it does. */
	say(line: string): void;
}

/** Interleaved repetitions, of which the median counts. */
export const runCount = 3;
