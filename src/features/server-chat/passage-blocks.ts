/** A piece of a document, as it is shown: plain words, an item of a list, or something to be typed. */
export interface PassageBlock {
	readonly key: string;
	readonly kind: "text" | "item" | "code";
	readonly words: string;
}

/** Takes the Markdown of Kith's own documents apart as far as it is used there. What is not known stays as it stands. */
export function passageBlocks(markdown: string): readonly PassageBlock[] {
	const blocks: { kind: PassageBlock["kind"]; lines: string[] }[] = [];
	let isCode = false;
	for (const line of markdown.split("\n")) {
		const words = line.trim();
		if (words.startsWith("```")) {
			isCode = !isCode;
			if (isCode) blocks.push({ kind: "code", lines: [] });
			continue;
		}
		const last = blocks.at(-1);
		if (isCode) last?.lines.push(line);
		else if (words === "") blocks.push({ kind: "text", lines: [] });
		else if (/^([-*]|\d+\.) /.test(words)) blocks.push({ kind: "item", lines: [words.replace(/^([-*]|\d+\.) +/, "")] });
		else if (words.startsWith("|")) blocks.push({ kind: "item", lines: [cellsOf(words)] });
		else if (last === undefined || last.kind === "code") blocks.push({ kind: "text", lines: [words] });
		else last.lines.push(words);
	}
	return blocks
		.map(({ kind, lines }, index) => ({
			key: `block-${index}`,
			kind,
			words: kind === "code" ? lines.join("\n") : plain(lines.join(" ")),
		}))
		.filter(({ words }) => words.trim() !== "");
}

function cellsOf(row: string): string {
	const cells = row.split("|").map((cell) => cell.trim());
	return cells.filter((cell) => cell !== "" && !/^:?-+:?$/.test(cell)).join(" · ");
}

/** Without marks of emphasis, and of links their words alone. */
function plain(words: string): string {
	return words
		.replace(/\*\*([^*]+)\*\*/g, "$1")
		.replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")
		.replaceAll("`", "");
}
