/** One of the ten colours of names and generated avatars, the same for the same id everywhere. */
export function personColour(id: string): number {
	let hash = 0;
	for (const letter of id) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
	return (hash % 10) + 1;
}

/** Up to two letters that stand for a name where there is no picture. */
export function initials(name: string): string {
	const words = name
		.replace(/[^\p{L}\p{N}\s]/gu, "")
		.split(/\s+/)
		.filter(Boolean);
	const first = words[0];
	if (first === undefined) return "?";
	const last = words.length > 1 ? words[words.length - 1] : undefined;
	return `${firstLetter(first)}${last === undefined ? "" : firstLetter(last)}`.toLocaleUpperCase();
}

function firstLetter(word: string): string {
	return [...word][0] ?? "";
}
