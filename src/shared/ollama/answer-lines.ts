import { RunFailed } from "../assistant/run-failed.ts";
import type { AnswerBounds } from "./answer-bounds.ts";
import { failureOf } from "./failure-of.ts";

/**
 * Reads an answer of one JSON object a line, and gives each line out once it is known to be one: what is longer than it may
 * be, no JSON, an error in the middle, or without a last line throws RunFailed.
 * @param pieces the answer as it arrives
 */
export async function* answerLines(
	pieces: AsyncIterable<Uint8Array>,
	bounds: Pick<AnswerBounds, "mostBytes" | "mostLineBytes">,
): AsyncGenerator<string, void, undefined> {
	const decoder = new TextDecoder("utf-8");
	let held = "";
	let size = 0;
	let isWhole = false;
	for await (const piece of pieces) {
		size += piece.length;
		if (size > bounds.mostBytes) throw new RunFailed("bad-answer", { detail: "an answer without end" });
		const lines = (held + decoder.decode(piece, { stream: true })).split("\n");
		held = lines.pop() ?? "";
		for (const line of lines) {
			if (line.trim() === "") continue;
			isWhole = isLastLine(line) || isWhole;
			yield `${line}\n`;
		}
		if (held.length > bounds.mostLineBytes) throw new RunFailed("bad-answer", { detail: "a line without end" });
	}
	if (held.trim() !== "") {
		isWhole = isLastLine(held) || isWhole;
		yield `${held}\n`;
	}
	if (!isWhole) throw new RunFailed("broken-off");
}

/** Throws for a line that is none, or says that something went wrong. */
const isLastLine = (line: string): boolean => {
	const value = parseLine(line);
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw new RunFailed("bad-answer");
	if ("error" in value) throw failureOf(200, String(value.error));
	return ("done" in value && value.done === true) || ("status" in value && value.status === "success");
};

const parseLine = (line: string): unknown => {
	try {
		return JSON.parse(line);
	} catch {
		// The parser's own words repeat the line.
		throw new RunFailed("bad-answer", { detail: "a line is no JSON" });
	}
};
