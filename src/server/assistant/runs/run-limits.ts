import { AppError } from "../../../shared/app-error.ts";
import type { Clock } from "../ports.ts";

export interface RunLimits {
	/** Counts a run. Throws AppError `too-many-requests` with the time to wait; a refused one is not counted. */
	begin(of: { readonly owner: string; readonly room: string | undefined }): void;
	/** Counts a batch of texts whose meaning is asked for. Throws the same. */
	embed(owner: string): void;
}

/** A person asks a lot within minutes, and then not for a while; a room is asked about by many. */
const ofPerson = { atOnce: 40, perHour: 240 };
const ofRoom = { atOnce: 120, perHour: 720 };
/** A chat of some thousand messages is read in one go. */
const batchesOfPerson = { atOnce: 240, perHour: 1_200 };
const hourMs = 3_600_000;
const sweepAbove = 1_000;

/** Allowances that refill evenly, in memory: how much of this machine one person, and one room, may take. */
export const createRunLimits = (clock: Clock): RunLimits => {
	/** When each allowance will be full again. */
	const fullAt = new Map<string, number>();
	const after = (key: string, { atOnce, perHour }: typeof ofPerson): number => {
		const now = clock.now();
		const runMs = hourMs / perHour;
		const spentUntil = Math.min(Math.max(now, fullAt.get(key) ?? now), now + atOnce * runMs);
		const tooEarlyMs = spentUntil + runMs - now - atOnce * runMs;
		if (tooEarlyMs > 0) throw new AppError("too-many-requests", { retryAfterMs: Math.ceil(tooEarlyMs) });
		return spentUntil + runMs;
	};
	const sweep = (): void => {
		if (fullAt.size <= sweepAbove) return;
		for (const [key, at] of fullAt) if (at <= clock.now()) fullAt.delete(key);
	};
	return {
		begin: ({ owner, room }) => {
			const person = after(`person ${owner}`, ofPerson);
			if (room !== undefined) fullAt.set(`room ${room}`, after(`room ${room}`, ofRoom));
			fullAt.set(`person ${owner}`, person);
			sweep();
		},
		embed: (owner) => {
			fullAt.set(`batches ${owner}`, after(`batches ${owner}`, batchesOfPerson));
			sweep();
		},
	};
};
