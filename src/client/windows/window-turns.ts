/**
 * Runs work while no other window does the same, after waiting for the turn; a window that closes passes it on. Where
 * the page came without TLS a browser has no locks: then every window works, and what is sent twice under one transaction
 * id is stored once.
 */
export async function inTurn(name: string, work: () => Promise<void>): Promise<void> {
	await (hasLocks() ? navigator.locks.request(name, work) : work());
}

/** Calls back once this window is the one that holds the name, and holds it until the signal. */
export function holdFrom(name: string, signal: AbortSignal, onHeld: () => void): void {
	const held = async (): Promise<void> => {
		onHeld();
		await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
	};
	if (!hasLocks()) onHeld();
	// A request that is given up while it waits is refused with an error that says nothing new.
	else navigator.locks.request(name, { signal }, held).catch(() => undefined);
}

function hasLocks(): boolean {
	return "locks" in navigator;
}
