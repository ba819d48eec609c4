/** How long a small conflict takes to resolve in a big room; the chain index stands ready, as a server keeps it. */
import type { RoomVersionId } from "@federation/room-versions/room-version.ts";
import { resolveState } from "@federation/state-resolution/resolve-state.ts";
import { makeLargeRoom } from "./large-room.ts";

const runs = 7;

/** Median milliseconds of several runs, the slower of the two algorithms. */
export async function benchResolution(): Promise<{ id: "resolution.large"; value: number; unit: "ms" }> {
	return { id: "resolution.large", value: Math.max(measure("11"), measure("12")), unit: "ms" };
}

function measure(versionId: RoomVersionId): number {
	const { room, source, states } = makeLargeRoom(versionId);
	const times: number[] = [];
	for (let run = 0; run < runs; run++) {
		const startMs = performance.now();
		const resolved = resolveState(states, source, room.version);
		times.push(performance.now() - startMs);
		if (resolved.size < memberFloor) throw new Error(`the resolved state has ${resolved.size} entries`);
	}
	times.sort((a, b) => a - b);
	return times[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** Fewer entries would mean that the made room is not the one that is to be measured. */
const memberFloor = 4_900;
