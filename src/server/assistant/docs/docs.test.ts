import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { wordsOf } from "../../../shared/word-index.ts";
import { createWordRanks } from "../../../shared/word-ranks.ts";
import { passagesOf } from "./doc-passages.ts";
import { createDocShelf } from "./doc-shelf.ts";

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

describe("the shelf of documents", () => {
	const one = { document: "a.md", heading: "Recovery key" };
	const passages = [
		{ ...one, text: "Keep it on paper." },
		{ ...one, text: "Type it on a new device." },
		{ document: "b.md", heading: "Recovery key", text: "Another one about paper." },
		{ document: "b.md", heading: "Groups", text: "People and messages." },
	];

	it("finds parts by words, each once, and reads all that stands under a heading", async () => {
		const shelf = createDocShelf(async () => passages);
		expect(await shelf.find("keep the recovery key on paper", 5)).toEqual([
			one,
			{ document: "b.md", heading: "Recovery key" },
		]);
		expect(await shelf.find("recovery key", 1)).toHaveLength(1);
		expect(await shelf.find("zebra", 5)).toEqual([]);
		expect(await shelf.read(one)).toBe("Keep it on paper.\nType it on a new device.");
		expect(await shelf.read({ document: "../secrets.json", heading: "Groups" })).toBeUndefined();
	});

	it("of the shipped documents, offers those that answer what people ask", async () => {
		const documents = ["README.md", "docs/help.md", "docs/backup.md", "SECURITY.md", "FEDERATION.md"];
		const read = async (document: string) => passagesOf(document, await readFile(document, "utf8"));
		const shelf = createDocShelf(async () => (await Promise.all(documents.map(read))).flat());
		const asked = {
			"How do I block somebody?": "Somebody bothers me",
			"What can I do when somebody bothers me?": "Somebody bothers me",
			"How do I use the recovery key?": "Recovery key: when all devices are lost",
			"How do I read my messages on a new device?": "A new device can't read my messages",
			"how can I change my picture": "Change my name, picture or the look",
			"How do I invite people to a group?": "Invite somebody to a group",
		};
		for (const [question, heading] of Object.entries(asked)) {
			const found = (await shelf.find(question, 4)).map((source) => source.heading);
			expect([question, found.includes(heading), found]).toEqual([question, true, found]);
		}
	});

	it("reads the documents once, and again where that failed", async () => {
		let attempts = 0;
		const shelf = createDocShelf(async () => {
			attempts += 1;
			if (attempts === 1) throw new Error("unreadable");
			return passages;
		});
		await expect(shelf.find("paper", 5)).rejects.toThrow("unreadable");
		await shelf.find("paper", 5);
		expect(await shelf.find("paper", 5)).toHaveLength(2);
		expect(attempts).toBe(2);
	});
});
