import type { Clock } from "../accounts/public.ts";
import type { AdminStore, StoredFigures } from "./ports.ts";

export interface ProcessFigures {
	readonly kithVersion: string;
	readonly nodeVersion: string;
	readonly roomVersion: string;
	/** Devices that follow the stream through this process. */
	readonly connectedDevices: number;
	readonly connectedPeople: number;
	readonly memoryBytes: number;
	readonly startedAt: number;
}

export interface Statistics extends StoredFigures, ProcessFigures {}

/** What there is and how much of it. */
export const readStatistics = async (sources: {
	readonly store: AdminStore;
	readonly clock: Clock;
	readonly processFigures: () => ProcessFigures;
}): Promise<Statistics> => ({
	...(await sources.store.readFigures(sources.clock.now())),
	...sources.processFigures(),
});
