import type { Draft } from "../../client/drafts/drafts.ts";
import { localpartOf } from "../../shared/text/names.ts";

/** Somebody who can be mentioned. */
export interface Mentionable {
	readonly userId: string;
	readonly name: string;
}

/** An `@` and what was typed behind it, up to the caret. */
export interface MentionQuery {
	/** Where the `@` stands. */
	readonly start: number;
	readonly text: string;
}

const mostSuggestions = 6;

/** What is being looked for at the caret: an `@` at the beginning of a word, and at most two words behind it. */
export function mentionQueryAt(body: string, caret: number): MentionQuery | undefined {
	const found = /(?:^|[\s(])@([^\s@]{0,40}(?: [^\s@]{1,40})?)$/u.exec(body.slice(0, caret));
	const typed = found?.[1];
	return typed === undefined ? undefined : { start: caret - typed.length - 1, text: typed };
}

/** The people whom the words could mean: by the beginning of a name, of a word in it, or of the username. */
export function suggestionsFor(query: MentionQuery, people: readonly Mentionable[]): readonly Mentionable[] {
	const wanted = query.text.toLocaleLowerCase();
	const fits = ({ userId, name }: Mentionable): boolean => {
		const lower = name.toLocaleLowerCase();
		return lower.startsWith(wanted) || lower.includes(` ${wanted}`) || localpartOf(userId).startsWith(wanted);
	};
	return people.filter(fits).slice(0, mostSuggestions);
}

/** The draft with the query replaced by a person's name, and where the caret stands then. */
export function withMention(draft: Draft, query: MentionQuery, { userId, name }: Mentionable) {
	const before = `${draft.text.slice(0, query.start)}@${name} `;
	const after = draft.text.slice(query.start + 1 + query.text.length).replace(/^ /, "");
	const others = (draft.mentions ?? []).filter((one) => one.userId !== userId);
	return {
		draft: { ...draft, text: before + after, mentions: [...others, { userId, name }] },
		caret: before.length,
	};
}

/** The people whose names are still in the text that goes out. */
export function mentionedIn({ text, mentions = [] }: Draft): readonly string[] {
	return mentions.filter(({ name }) => text.includes(`@${name}`)).map(({ userId }) => userId);
}
