import { describe, expect, it } from "vitest";
import { mentionedIn, mentionQueryAt, suggestionsFor, withMention } from "./mention-query.ts";

const people = [
	{ userId: "@lotte.h:a", name: "Lotte Haverkamp" },
	{ userId: "@harry:a", name: "Samir" },
	{ userId: "@ruth:a", name: "Ruth Brandt" },
];

const namesFor = (text: string) => {
	const query = mentionQueryAt(text, text.length);
	return query && suggestionsFor(query, people).map(({ name }) => name);
};

describe("mentions", () => {
	it.each([
		["@", ["Lotte Haverkamp", "Samir", "Ruth Brandt"]],
		["Hello @lot", ["Lotte Haverkamp"]],
		["@ha", ["Lotte Haverkamp", "Samir"]],
		["(@RUTH b", ["Ruth Brandt"]],
		["line\n@sam", ["Samir"]],
		["@nobody", []],
	])("%j looks for %j", (text, names) => {
		expect(namesFor(text)).toEqual(names);
	});

	it.each(["mail@lot", "no sign", "@lot te ha and more", "@@"])("%j looks for nobody", (text) => {
		expect(namesFor(text)).toBeUndefined();
	});

	it("puts the name where the caret was, with one space behind it", () => {
		const text = "Ask @lo about it";
		const query = mentionQueryAt(text, 7);
		const lotte = people[0];
		if (query === undefined || lotte === undefined) throw new Error("the query was not seen");
		const { draft, caret } = withMention({ text }, query, lotte);
		expect(draft.text).toBe("Ask @Lotte Haverkamp about it");
		expect(draft.text.slice(0, caret)).toBe("Ask @Lotte Haverkamp ");
		expect(mentionedIn(draft)).toEqual(["@lotte.h:a"]);
		expect(mentionedIn({ ...draft, text: "Ask Lotte" })).toEqual([]);
	});
});
