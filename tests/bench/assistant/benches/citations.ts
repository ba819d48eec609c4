import { readFileSync } from "node:fs";
import * as z from "zod";
import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { WireAssistantMessage, WireRunEvent } from "../../../../src/shared/wire/assistant.ts";
import { openAssistant } from "../../../ollama/open-assistant.ts";
import { atLeast } from "../../figure.ts";
import { range } from "../../statistics.ts";
import { type AssistantBench, contextTokens, neededOllama } from "../assistant-bench.ts";
import { marks } from "../long-chat.ts";
import { chatRoom } from "../timed-run.ts";

const summaryCount = 100;
const windowSize = 20;
const validShare = 100;
const citedShare = 90;
const chat = z.object({ messages: z.array(z.string()) });

/**
 * A hundred summaries of parts of a chat by the real model: which of the citations that are shown point into what was
 * given, and how many of the lines carry one.
 */
export const citationsBench: AssistantBench = {
	ids: ["citations.valid", "citations.lines"],
	isOnModel: true,
	measure: async (context) => {
		const { messages } = chat.parse(JSON.parse(readFileSync("tests/fixtures/assistant/island-chat.json", "utf8")));
		const { assistant } = await openAssistant(neededOllama(context), { contextTokens });
		const mark = marks();
		const counts = { cites: 0, valid: 0, lines: 0, cited: 0, runs: 0 };
		for (const index of range(summaryCount)) {
			const given = windowOf(messages, index, mark.next().value);
			const known = new Set(given.map(({ eventId }) => eventId));
			const asker = `@ann${index}:kith.example` as UserId;
			const input = { kind: "summary", roomId: chatRoom, language: "en", messages: given } as const;
			const { runId } = await assistant.start(asker, input, chatRoom);
			const { signal } = new AbortController();
			for await (const { event } of assistant.follow(asker, runId, { after: 0, signal })) count(counts, event, known);
			if ((index + 1) % 10 === 0) {
				context.say(`citations: ${index + 1} summaries, ${counts.lines} lines, ${counts.cited} of them cited`);
			}
		}
		await assistant.close();
		if (counts.runs < summaryCount * 0.9)
			throw new Error(`${counts.runs} of ${summaryCount} summaries came to their end`);
		const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);
		return [
			atLeast(validShare, { id: "citations.valid", value: shareOf(counts.valid, counts.cites), unit: "%" }),
			atLeast(citedShare, { id: "citations.lines", value: shareOf(counts.cited, counts.lines), unit: "%" }),
		];
	},
};

interface Counts {
	cites: number;
	valid: number;
	lines: number;
	cited: number;
	/** That came to their end. */
	runs: number;
}

const count = (counts: Counts, event: WireRunEvent, known: ReadonlySet<string>): void => {
	if (event.kind === "done") counts.runs += 1;
	if (event.kind !== "line") return;
	counts.lines += 1;
	if (event.cites.length > 0) counts.cited += 1;
	counts.cites += event.cites.length;
	counts.valid += event.cites.filter((cite) => known.has(cite)).length;
};

/** The chat is shorter than all windows together: what comes after its end is its beginning. */
const windowOf = (messages: readonly string[], index: number, mark: string): WireAssistantMessage[] =>
	range(windowSize).map((step) => {
		const line = messages[(index * 7 + step) % messages.length] ?? "";
		const [sender = "", body = ""] = line.split(/: (.*)/s);
		return {
			eventId: `$citations${index}-${step}`,
			...{ sender, at: 1_700_000_000_000 + step * 60_000, isOwn: false },
			body: step === 0 ? `${mark} ${body}` : body,
		};
	});
