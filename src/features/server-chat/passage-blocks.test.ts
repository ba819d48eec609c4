import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { passageBlocks } from "./passage-blocks.ts";

const shown = (markdown: string) => passageBlocks(markdown).map(({ kind, words }) => [kind, words]);

describe("a part of a document", () => {
	it("is shown in paragraphs, items and lines to be typed, without the marks", () => {
		const text =
			"One line\nand its **rest**.\n\n- first `item`\n  goes on\n- [second](x.md)\n```\nnpm run  kith\n```\nEnd.";
		expect(shown(text)).toEqual([
			["text", "One line and its rest."],
			["item", "first item goes on"],
			["item", "second"],
			["code", "npm run  kith"],
			["text", "End."],
		]);
	});

	it("has the rows of a table under each other", () => {
		expect(shown("| a | b |\n|---|---|\n| 1 | 2 |")).toEqual([
			["item", "a · b"],
			["item", "1 · 2"],
		]);
	});

	it("leaves no word of the shipped help out", async () => {
		const help = await readFile("docs/help.md", "utf8");
		const all = passageBlocks(help)
			.map(({ words }) => words)
			.join(" ");
		for (const word of help.match(/\p{L}{4,}/gu) ?? []) expect(all).toContain(word);
	});
});
