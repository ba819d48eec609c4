import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { createWordRanks, wordsOf } from "../../../shared/word-ranks.ts";
import { passagesOf } from "./doc-passages.ts";

describe("the passages of a document", () => {
	it("stand under their headings, are cut at paragraphs, and leave out pictures and rulers", () => {
		const paragraph = "word ".repeat(80).trim();
		const text = `# Kith\nIntro.\n\n![A picture](x.png)\n\n## Back up\n${paragraph}\n\n${paragraph}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n`;
		expect(passagesOf("README.md", text)).toEqual([
			{ document: "README.md", heading: "Kith", text: "Intro." },
			{ document: "README.md", heading: "Back up", text: paragraph },
			{ document: "README.md", heading: "Back up", text: `${paragraph}\n| a | b |\n| 1 | 2 |` },
		]);
		expect(passagesOf("x.md", "")).toEqual([]);
	});

	it("of the shipped help answer what people ask, by words alone", async () => {
		const passages = passagesOf("docs/help.md", await readFile("docs/help.md", "utf8"));
		const find = createWordRanks(passages.map(({ heading, text }) => `${heading}\n${text}`));
		const best = (question: string) => passages[find(wordsOf(question))[0]?.index ?? -1]?.heading;
		expect(best("I lost all my devices, what about the recovery key?")).toContain("Recovery key");
		expect(best("How do I add a passkey?")).toBe("Password and passkeys");
		expect(best("Can I block somebody?")).toBe("Somebody bothers me");
		expect(best("zebra quantum")).toBeUndefined();
	});
});
