let count = 0;

/** What everybody writes, on every server that is measured. */
export const messageBody = "The lake was so still this morning that one could count the clouds in it.";

/** A transaction id that was not used before. */
export function nextTransactionId(): string {
	count += 1;
	return `bench.${process.pid}.${count}`;
}
