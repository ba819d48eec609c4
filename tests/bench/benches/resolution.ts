import { atMost, type Figure } from "../figure.ts";
import { benchResolution } from "../resolution.bench.ts";

const slowestMs = 500;

/** State resolution needs no server. */
export async function benchResolutionTime(): Promise<readonly Figure[]> {
	return [atMost(slowestMs, await benchResolution())];
}
