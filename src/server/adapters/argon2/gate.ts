import { AppError } from "../../../shared/app-error.ts";

/** Runs work when a place is free, in the order of asking. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/** At most `places` at once; with `queueLimit` waiting already, AppError `too-many-requests`. */
export const createGate = (places: number, queueLimit: number): Gate => {
	const waiting: (() => void)[] = [];
	let free = places;

	const enter = async (): Promise<void> => {
		if (free > 0) {
			free -= 1;
			return;
		}
		if (waiting.length >= queueLimit) {
			throw new AppError("too-many-requests", { retryAfterMs: 2000 });
		}
		await new Promise<void>((resolve) => waiting.push(resolve));
	};

	const leave = (): void => {
		const next = waiting.shift();
		if (next === undefined) {
			free += 1;
			return;
		}
		next();
	};

	return async (work) => {
		await enter();
		try {
			return await work();
		} finally {
			leave();
		}
	};
};
