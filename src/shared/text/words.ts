/** What the catalogue has for a key: one wording, or one for each number. */
export type Entry = string | { readonly one: string; readonly other: string };

/** The words that were loaded. A page loads the areas that it shows, so that no page carries those of all. */
export const words: Record<string, Entry> = {};

/** Adds an area of the catalogue, as its file is loaded. */
export function addWords<const Area extends Readonly<Record<string, Entry>>>(area: Area): Area {
	Object.assign(words, area);
	return area;
}
