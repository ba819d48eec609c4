import { type CitedLine, citedLine, citedLinesSchema } from "../output/cited-lines.ts";
import { createTextCleaner } from "../output/clean-text.ts";
import { createObjectReader } from "../output/read-lines.ts";
import { RunFailed } from "../run-failed.ts";
import type { SynthesisRequest, Synthesizer } from "../synthesizer.ts";

/** What is asked for: the form of the answer follows from it. */
export interface CitedRequest extends Omit<SynthesisRequest, "schema"> {
	/** Texts whose addresses may come back. */
	readonly sources: readonly string[];
	readonly mostLines: number;
	readonly labels?: boolean;
	/** Lines are given out although the sources do not answer: there was no question. */
	readonly isAlwaysKnown?: boolean;
}

/**
 * Reads an answer of cited lines, and gives each out as soon as it is whole and checked. Ends with whether the sources answer
 * what was asked; if not there are no lines. Throws RunFailed `bad-answer` where none was one.
 */
export async function* readCited(
	synthesizer: Synthesizer,
	{ sources, mostLines, labels = false, isAlwaysKnown = false, ...request }: CitedRequest,
): AsyncGenerator<CitedLine, boolean, undefined> {
	const count = request.lines.length;
	const cleaner = createTextCleaner(sources);
	const reader = createObjectReader();
	const schema = citedLinesSchema(count, { mostLines, labels });
	let beginning = "";
	let given = 0;
	for await (const piece of synthesizer.synthesize({ ...request, schema })) {
		if (beginning.length < 100) beginning += piece;
		if (!isAlwaysKnown && /^\s*\{\s*"known"\s*:\s*false/.test(beginning)) return false;
		for (const written of reader.push(piece)) {
			const line = citedLine(written, { count, cleaner });
			if (line === undefined || given === mostLines) continue;
			given += 1;
			yield line;
		}
	}
	if (given === 0) throw new RunFailed("bad-answer", { detail: "no line" });
	return true;
}
