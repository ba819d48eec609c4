const outdated = new AbortController();

/** Aborted from the moment on at which this page is known to be older than what its server gives out. */
export const pageOutdated: AbortSignal = outdated.signal;

/** The server no longer has a script that this page needs: only a reload brings one that fits. */
export function notePageOutdated(): void {
	outdated.abort();
}
