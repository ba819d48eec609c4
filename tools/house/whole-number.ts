/** Reads what a command's option was given. Throws with the option's name for anything else than a number from 0 on. */
export function wholeNumber(name: string, text: string): number {
	const number = Number(text);
	if (!Number.isSafeInteger(number) || number < 0) throw new Error(`${name} takes a whole number, not ${text}`);
	return number;
}
