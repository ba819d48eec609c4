/** Compares two stream positions (decimal digits of any length, perhaps signed) by value. */
export function comparePositions(a: string, b: string): number {
	if (a === b) return 0;
	if (a.length === b.length && !a.startsWith("-") && !b.startsWith("-")) return a < b ? -1 : 1;
	const difference = BigInt(a) - BigInt(b);
	return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
