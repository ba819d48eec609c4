import { readFile } from "node:fs/promises";
import * as z from "zod";
import { findByWords } from "../../../../src/client/assistant/find-messages.ts";
import type { PickedMessage } from "../../../../src/client/assistant/pick-messages.ts";
import { searchedIn } from "../../../../src/client/assistant/question-words.ts";
import { createOllamaHost } from "../../../../src/server/adapters/ollama/ollama-host.ts";
import { bytesOf, createVectorIndex, type VectorIndex } from "../../../../src/shared/vector-index.ts";
import type { RealOllama } from "../../../ollama/real-ollama.ts";
import { atLeast } from "../../figure.ts";
import { type AssistantBench, contextTokens } from "../assistant-bench.ts";

const variable = "KITH_LOCOMO";
const atFive = 62;
const atTwentyFive = 80;
/** Of questions that the conversation does not answer. */
const unanswerable = 5;

const turn = z.object({
	speaker: z.string(),
	dia_id: z.string(),
	text: z.string(),
	blip_caption: z.string().optional(),
});
const conversations = z.array(
	z.object({
		conversation: z.record(z.string(), z.unknown()),
		qa: z.array(
			z.object({ question: z.string(), evidence: z.array(z.string()).default([]), category: z.number().optional() }),
		),
	}),
);

/**
 * How much of what answers the questions of LoCoMo (long conversations, whose data are not ours to ship: `KITH_LOCOMO`
 * names the file `locomo10.json`) is among the first messages that the page picks: by words, and where an Ollama is named by its vectors as well.
 */
export const recallBench: AssistantBench = {
	ids: ["recall.at5", "recall.at25"],
	isOnModel: false,
	measure: async ({ ollama, say }) => {
		const path = process.env[variable];
		if (path === undefined || path === "") {
			say(`recall: left out, ${variable} names no locomo10.json`);
			return [];
		}
		const sums = { questions: 0, given: 0, five: 0, twentyFive: 0 };
		for (const { conversation, qa } of conversations.parse(JSON.parse(await readFile(path, "utf8")))) {
			const picked = turnsOf(conversation);
			const nearness = ollama === undefined ? undefined : await readMeaning(ollama, picked);
			const known = new Set(picked.map(({ message }) => message.eventId));
			for (const { question, evidence, category } of qa) {
				const wanted = evidence.flatMap((one) => one.split(/[;,\s]+/)).filter((one) => known.has(one));
				if (wanted.length === 0 || category === unanswerable) continue;
				const near = await nearness?.(question);
				const order = findByWords(question, picked, near).messages.map(({ message }) => message.eventId);
				sums.questions += 1;
				sums.given += order.length;
				sums.five += shareIn(order.slice(0, 5), wanted);
				sums.twentyFive += shareIn(order.slice(0, 25), wanted);
			}
		}
		const note = ollama === undefined ? "by words alone" : `by words and vectors of ${ollama.embedModel}`;
		const given = (sums.given / sums.questions).toFixed(1);
		say(`recall: ${sums.questions} questions, ${note}, ${given} messages given to each`);
		const percent = (sum: number): number => (100 * sum) / sums.questions;
		return [
			atLeast(atFive, { id: "recall.at5", value: percent(sums.five), unit: "%", note }),
			atLeast(atTwentyFive, { id: "recall.at25", value: percent(sums.twentyFive), unit: "%", note }),
		];
	},
};

/** Has every message read for its meaning, as the page does; answers how near each is to a question. */
const readMeaning = async (ollama: RealOllama, picked: readonly PickedMessage[]) => {
	const { chatModel, embedModel, url } = ollama;
	const host = createOllamaHost({ url, chatModel, embedModel, contextTokens });
	const { signal } = new AbortController();
	const index: VectorIndex = createVectorIndex();
	const vectors = await host.embed(picked.map(searchedIn), "document", signal);
	const ids = picked.map(({ message }) => message.eventId);
	index.add(
		"",
		ids.map((id, at) => ({ id, vector: bytesOf(vectors[at] ?? []) })),
	);
	return async (question: string): Promise<ReadonlyMap<string, number>> => {
		const [vector = []] = await host.embed([question], "question", signal);
		return index.nearness(bytesOf(vector), ids);
	};
};

const shareIn = (found: readonly string[], wanted: readonly string[]): number =>
	wanted.filter((one) => found.includes(one)).length / wanted.length;

const turnsOf = (conversation: Readonly<Record<string, unknown>>): PickedMessage[] => {
	const picked: PickedMessage[] = [];
	for (let session = 1; conversation[`session_${session}`] !== undefined; session += 1) {
		for (const { speaker, dia_id, text, blip_caption } of z.array(turn).parse(conversation[`session_${session}`])) {
			const body = blip_caption === undefined ? text : `${text} ${blip_caption}`;
			const message = { eventId: dia_id, sender: speaker, at: picked.length, body, isOwn: false };
			picked.push({ senderId: `@${speaker}:a`, message });
		}
	}
	return picked;
};
