import { observable } from "../store/observable.ts";

/** How much of the pictures on their way out has gone, from 0 to 1, by transaction id: of those that this window sends. */
export const uploadProgress = observable<ReadonlyMap<string, number>>(new Map());

/** undefined: it is not under way any more. */
export function noteProgress(transactionId: string, done: number | undefined): void {
	uploadProgress.set((known) => {
		const next = new Map(known);
		if (done === undefined) next.delete(transactionId);
		else next.set(transactionId, done);
		return next;
	});
}
