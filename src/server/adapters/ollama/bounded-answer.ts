import type { IncomingMessage } from "node:http";
import type { AnswerBounds } from "../../../shared/ollama/answer-bounds.ts";
import { answerLines } from "../../../shared/ollama/answer-lines.ts";
import { RunFailed } from "../../assistant/public.ts";

/** Reads an answer whole, within its bounds. Throws RunFailed. */
export const readWhole = async (answer: IncomingMessage, { mostBytes, idleMs }: AnswerBounds): Promise<Buffer> => {
	const pieces: Buffer[] = [];
	let size = 0;
	for await (const piece of withoutSilence(answer, idleMs, idleMs)) {
		size += piece.length;
		if (size > mostBytes) throw new RunFailed("bad-answer", { detail: "an answer without end" });
		pieces.push(piece);
	}
	return Buffer.concat(pieces);
};

/** The lines of an answer, within its bounds; see answer-lines.ts. Throws RunFailed. */
export const readLines = (answer: IncomingMessage, bounds: AnswerBounds): AsyncGenerator<string, void, undefined> =>
	answerLines(withoutSilence(answer, bounds.firstMs, bounds.idleMs), bounds);

async function* withoutSilence(
	answer: IncomingMessage,
	firstMs: number,
	idleMs: number,
): AsyncGenerator<Buffer, void, undefined> {
	const onSilence = (): void => void answer.destroy(new RunFailed("timed-out"));
	let timer = setTimeout(onSilence, firstMs);
	try {
		for await (const piece of answer as AsyncIterable<Buffer>) {
			clearTimeout(timer);
			yield piece;
			timer = setTimeout(onSilence, idleMs);
		}
	} catch (error) {
		throw error instanceof RunFailed ? error : new RunFailed("broken-off", { cause: error });
	} finally {
		clearTimeout(timer);
		answer.destroy();
	}
}
