import { observable } from "../store/observable.ts";

const storageKey = "kith.reactions";
const usual = ["❤️", "👍", "😂", "😮", "😢", "🎉"];
const shown = 6;
const remembered = 24;

/** The reactions that this browser's person chooses most, first; before they have chosen any, the usual ones. */
export const frequentReactions = observable<readonly string[]>(usual);

let counts: ReadonlyMap<string, number> | undefined;

/** Brings back what was chosen before. A second call does nothing. */
export function restoreReactions(): void {
	if (counts !== undefined) return;
	counts = new Map(stored());
	frequentReactions.set(() => ranked());
}

/** Counts a choice. The row stays as it is while the page lives: what moves under the finger is pressed by mistake. */
export function noteReaction(key: string): void {
	const known = new Map(counts);
	known.set(key, (known.get(key) ?? 0) + 1);
	counts = new Map([...known].sort(([, a], [, b]) => b - a).slice(0, remembered));
	try {
		localStorage.setItem(storageKey, JSON.stringify([...counts]));
	} catch {
		// Without storage the choice is forgotten with the page.
	}
}

function ranked(): readonly string[] {
	const chosen = [...(counts ?? [])].sort(([, a], [, b]) => b - a).map(([key]) => key);
	return [...new Set([...chosen, ...usual])].slice(0, shown);
}

function stored(): readonly (readonly [string, number])[] {
	try {
		const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
		return Array.isArray(value) ? value.filter(isCount) : [];
	} catch {
		return [];
	}
}

function isCount(value: unknown): value is readonly [string, number] {
	return Array.isArray(value) && typeof value[0] === "string" && typeof value[1] === "number";
}
