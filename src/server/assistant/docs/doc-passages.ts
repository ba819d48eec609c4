import type { DocPassage } from "../doc-synthesizer.ts";

/** A small embedding model reads some two hundred tokens. */
const longestPassage = 700;

/** Cuts a document in Markdown into passages under their headings, at its paragraphs; what only looks is left out. */
export const passagesOf = (document: string, markdown: string): readonly DocPassage[] => {
	const passages: DocPassage[] = [];
	let heading = document;
	let text = "";
	const close = (): void => {
		if (text.trim() !== "") passages.push({ document, heading, text: text.trim() });
		text = "";
	};
	for (const block of markdown.split(/\n{2,}|\n(?=#{1,6} |\|)/)) {
		const [, title, rest = ""] = /^#{1,6} +([^\n]+)\n?([\s\S]*)$/.exec(block.trim()) ?? [
			undefined,
			undefined,
			block.trim(),
		];
		if (title !== undefined) {
			close();
			heading = title;
		}
		if (rest === "" || /^!\[|^\|[\s:|-]+\|$/.test(rest)) continue;
		if (text.length + rest.length > longestPassage) close();
		text += text === "" ? rest : `\n${rest}`;
	}
	close();
	return passages;
};
