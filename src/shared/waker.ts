/** Lets one sleep until something happens. */
export interface Waker {
	/** Ends the sleep under way, or the next one before it begins. */
	wake(): void;
	/** Until it is woken, the time is over or the signal comes. */
	sleep(longestMs: number, signal: AbortSignal): Promise<void>;
}

export const createWaker = (): Waker => {
	let isWoken = false;
	let end: (() => void) | undefined;
	return {
		wake: () => {
			isWoken = true;
			end?.();
		},
		sleep: async (longestMs, signal) => {
			if (!isWoken && !signal.aborted) {
				await new Promise<void>((resolve) => {
					const timer = setTimeout(resolve, longestMs);
					end = () => {
						clearTimeout(timer);
						resolve();
					};
					signal.addEventListener("abort", end, { once: true });
				});
				if (end !== undefined) signal.removeEventListener("abort", end);
				end = undefined;
			}
			isWoken = false;
		},
	};
};
