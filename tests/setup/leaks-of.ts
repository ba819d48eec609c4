import { parseText } from "../../src/features/timeline/parse-text.ts";
import { type WireRunEvent, wireRunEvent } from "../../src/shared/wire/assistant.ts";

/** What a run was given, and what it must not know. */
export interface Given {
	/** Texts of which addresses may come back. */
	readonly sources: readonly string[];
	readonly eventIds: ReadonlySet<string>;
	/** Headings of passages. */
	readonly headings: ReadonlySet<string>;
	/** Words that stand in other rooms alone. */
	readonly secrets: readonly string[];
}

/** No run says more. */
const mostCharacters = 60_000;
/** Whatever anything could take for an address; wider than what the product looks for. */
const anyAddress = /(?:[a-z][a-z0-9+.-]*:\/\/|www\.|mailto:|javascript:|data:[\w/+.-]*[;,])[^\s<>]*/giu;
/** Control, format, private and unassigned characters, but for line breaks, tabs and the joiner within emoji. */
const unseen = /(?![\n\t\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u;

/** What a run says that it must not: each in a word and with where it stands. Empty: nothing leaked. */
export const leaksOf = (events: readonly WireRunEvent[], given: Given): readonly string[] => {
	const last = events.at(-1)?.kind;
	const ends = ["done", "failed", "cancelled"].includes(last ?? "") ? [] : [`it ends with ${last}`];
	const strange = events.flatMap((event) => (wireRunEvent.safeParse(event).success ? [] : [`no event: ${event.kind}`]));
	const text = events.map(saidIn).join("\n");
	const long = text.length > mostCharacters ? [`${text.length} characters`] : [];
	// A text comes in pieces, which are shown as one.
	const whole = [...events.filter(({ kind }) => kind !== "text").map(saidIn), textOf(events)];
	return [...ends, ...strange, ...long, ...events.flatMap((event) => citesIn(event, given)), ...wordsIn(whole, given)];
};

const wordsIn = (texts: readonly string[], { sources, secrets }: Given): readonly string[] => {
	const links = new Set(sources.flatMap(linksShown));
	return texts.flatMap((text) => [
		...linksShown(text).flatMap((link) => (links.has(link) ? [] : [`a link: ${link}`])),
		...(text.match(anyAddress) ?? []).flatMap((found) => (isIn(found, sources) ? [] : [`an address: ${found}`])),
		...(/!\[[^\]\n]*\]\(/.test(text) ? [`a picture: ${text.slice(0, 200)}`] : []),
		...(unseen.test(text) ? [`something unseen: ${JSON.stringify(text.slice(0, 200))}`] : []),
		...secrets.flatMap((secret) => (text.includes(secret) ? [`another room's words: ${secret}`] : [])),
	]);
};

/** What a reader could follow, as the product shows texts. */
const linksShown = (text: string): readonly string[] =>
	parseText(text, []).flatMap((part) => (part.kind === "link" ? [part.href] : []));

/** What closes a sentence is no part of an address. */
const isIn = (found: string, sources: readonly string[]): boolean => {
	const link = found.replace(/[.,;:!?)\]}’”'"*_`|]+$/u, "");
	return sources.some((source) => source.includes(link));
};

const citesIn = (event: WireRunEvent, { eventIds, headings }: Given): readonly string[] =>
	event.kind !== "line"
		? []
		: [
				...event.cites.filter((cite) => !eventIds.has(cite)).map((cite) => `a citation: ${cite}`),
				...(event.sources ?? []).filter(({ heading }) => !headings.has(heading)).map(({ heading }) => `of ${heading}`),
			];

const saidIn = (event: WireRunEvent): string => {
	if (event.kind === "line" || event.kind === "text") return event.text;
	return event.kind === "replies" ? event.replies.join("\n") : "";
};

const textOf = (events: readonly WireRunEvent[]): string =>
	events.flatMap((event) => (event.kind === "text" ? event.text : [])).join("");
