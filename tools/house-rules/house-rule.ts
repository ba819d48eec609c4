import type { Finding } from "../house/finding.ts";

/** A rule that reads one file at a time. */
export interface HouseRule {
	readonly id: string;
	readonly applies: (file: string) => boolean;
	readonly find: (source: SourceText) => Finding[];
}

export interface SourceText {
	/** Path from the repository's root, with `/` between its parts. */
	readonly file: string;
	readonly text: string;
}

/** Findings of a rule that looks at one line at a time; the line before is given for reasons that stand above. */
export function findInLines(
	id: string,
	source: SourceText,
	look: (line: string, before: string) => string | undefined,
): Finding[] {
	const lines = source.text.split("\n");
	return lines.flatMap((line, index) => {
		const text = look(line, lines[index - 1] ?? "");
		return text === undefined ? [] : [{ rule: id, file: source.file, line: index + 1, text }];
	});
}
