/** The recovery key in a saved file; undefined: it holds none. */
export async function keyInFile(file: Blob): Promise<string | undefined> {
	if (file.size > 100_000) return undefined;
	const content = await file.text();
	return content.match(
		/\b(?:[1-9A-HJ-NP-Za-km-z]{4}[ \t]+){11}[1-9A-HJ-NP-Za-km-z]{4}\b|\b[1-9A-HJ-NP-Za-km-z]{48}\b/,
	)?.[0];
}
