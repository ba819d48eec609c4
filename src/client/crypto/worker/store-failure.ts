/**
 * What a store that fails says. Browsers give names to it; the machine hands on those names within words of its own. After any of
 * it the machine in memory may be ahead of what is kept, so nothing is asked of it any more.
 */
export type StoreFailure = "storage-full" | "storage-gone";

/** The browser closed the database, emptied it, or cannot read it. */
const goneNames = ["InvalidStateError", "NotFoundError", "UnknownError", "TransactionInactiveError"];

/** How a store failed; `undefined`: it was something else. */
export const storeFailureIn = (error: unknown): StoreFailure | undefined => {
	for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
		const said = `${at.name} ${at.message}`;
		if (said.includes("QuotaExceeded")) return "storage-full";
		const isOfStore = at instanceof DOMException || said.includes("DomException");
		if (isOfStore && goneNames.some((name) => said.includes(name))) return "storage-gone";
	}
	return undefined;
};
