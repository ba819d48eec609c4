import type { Finding } from "../house/finding.ts";
import type { HouseRule, SourceText } from "./house-rule.ts";

const maxLines = 300;
const medianBelow = 80;
const vagueName = /(^|\/)(utils?|helpers?|common|misc|stuff)\.\w+$/;

/** One idea a file. Biome counts the lines of TypeScript; this rule counts the others and refuses names without an idea. */
export const fileShape: HouseRule = {
	id: "file-shape",
	applies: (file) => /^(src|federation|tools|tests|prisma)\//.test(file) && /\.(ts|tsx|mjs|css|prisma)$/.test(file),
	find: ({ file, text }) => {
		const found: Finding[] = [];
		const lines = countLines(text);
		if (!/\.(ts|tsx|mjs)$/.test(file) && lines > maxLines) {
			found.push({ rule: "file-shape", file, text: `${lines} lines, at most ${maxLines}` });
		}
		if (vagueName.test(file)) found.push({ rule: "file-shape", file, text: "is not named after one idea" });
		return found;
	},
};

/** Half of the files of the product are shorter than 80 lines. */
export function findLongMedian(sources: readonly SourceText[]): Finding[] {
	const ours = sources.filter(({ file }) => /^(src|federation)\/.*\.tsx?$/.test(file) && !file.includes(".test."));
	const lengths = ours.map(({ text }) => countLines(text)).sort((one, other) => one - other);
	const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
	if (median < medianBelow) return [];
	return [{ rule: "file-shape", file: "src", text: `the median file has ${median} lines, not under ${medianBelow}` }];
}

function countLines(text: string): number {
	return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}
