import { withoutClosing } from "../../shared/text/link-end.ts";
import type { MentionSnapshot } from "./timeline-snapshot.ts";

/** A piece of a message and where it begins: words, something to follow, or somebody. */
export type TextPart = { readonly at: number } & (
	| { readonly kind: "text"; readonly text: string }
	| { readonly kind: "link"; readonly text: string; readonly href: string }
	| { readonly kind: "mention"; readonly text: string; readonly isOwn: boolean }
);

/** Only these schemes are ever followed: a link that runs script or opens a file is words. */
const address = /\bhttps?:\/\/[^\s<>"]+|\bmailto:[^\s<>"]+/giu;

/** Cuts a text into its parts, in one pass: a text is up to 20,000 letters of anything. Nothing is read as markup. */
export function parseText(body: string, mentions: readonly MentionSnapshot[]): readonly TextPart[] {
	const parts: TextPart[] = [];
	const names = nameFinder(mentions);
	let end = 0;
	for (const match of body.matchAll(address)) {
		const found = withoutClosing(match[0]);
		if (!isAddress(found)) continue;
		pushWords(parts, { at: end, words: body.slice(end, match.index) }, names);
		parts.push({ at: match.index, kind: "link", text: found, href: found });
		end = match.index + found.length;
	}
	pushWords(parts, { at: end, words: body.slice(end) }, names);
	return parts;
}

function isAddress(found: string): boolean {
	return URL.canParse(found) && found.replace(/^(https?:\/\/|mailto:)/iu, "") !== "";
}

interface NameFinder {
	readonly pattern: RegExp;
	readonly ownNames: ReadonlySet<string>;
}

/** Finds the names with their sign, as whole words; of several at one place the longest. */
function nameFinder(mentions: readonly MentionSnapshot[]): NameFinder | undefined {
	const names = mentions.map((one) => one.name).filter((name) => name !== "");
	if (names.length === 0) return undefined;
	const longestFirst = [...new Set(names)].sort((a, b) => b.length - a.length).map(escaped);
	return {
		pattern: new RegExp(`@(?:${longestFirst.join("|")})(?![\\p{L}\\p{N}])`, "gu"),
		ownNames: new Set(mentions.filter((one) => one.isOwn).map((one) => `@${one.name}`)),
	};
}

function escaped(name: string): string {
	return name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

interface Words {
	readonly at: number;
	readonly words: string;
}

function pushWords(parts: TextPart[], { at, words }: Words, names: NameFinder | undefined): void {
	let end = 0;
	for (const match of names === undefined ? [] : words.matchAll(names.pattern)) {
		if (match.index > end) parts.push({ at: at + end, kind: "text", text: words.slice(end, match.index) });
		const isOwn = names?.ownNames.has(match[0]) === true;
		parts.push({ at: at + match.index, kind: "mention", text: match[0], isOwn });
		end = match.index + match[0].length;
	}
	if (end < words.length) parts.push({ at: at + end, kind: "text", text: words.slice(end) });
}
