/** Begins a pair that stands for a character: a column cannot hold NUL, and a state key of another server may. */
const pairMark = "\ue000";

/** A state key as a column can hold it; two different ones stay different. */
export const storableKey = (stateKey: string): string =>
	stateKey.includes("\u0000") || stateKey.includes(pairMark)
		? stateKey.replaceAll(pairMark, `${pairMark}${pairMark}`).replaceAll("\u0000", `${pairMark}0`)
		: stateKey;

/** The state key again. */
export const storedKey = (column: string): string =>
	column.includes(pairMark)
		? column.replace(/\ue000(.)/gs, (_, escaped: string) => (escaped === "0" ? "\u0000" : escaped))
		: column;
