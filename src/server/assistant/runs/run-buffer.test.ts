import { describe, expect, it } from "vitest";
import type { WireRunEvent } from "../../../shared/wire/assistant.ts";
import { createRunBuffer, type RunBuffer } from "./run-buffer.ts";

const text = (words: string): WireRunEvent => ({ kind: "text", text: words });
const done: WireRunEvent = { kind: "done", isKnown: true, promptTokens: 1, answerTokens: 1 };
const open = new AbortController().signal;

const readAll = async (buffer: RunBuffer, after = 0): Promise<string> => {
	const seen: string[] = [];
	for await (const { position, event } of buffer.follow(after, open)) {
		seen.push(`${position}${event.kind === "text" ? event.text : event.kind}`);
	}
	return seen.join(" ");
};

describe("what a run has said", () => {
	it("is read from any position, before and after its end, without a gap or a repetition", async () => {
		const buffer = createRunBuffer();
		buffer.push(text("a"));
		const early = readAll(buffer);
		await Promise.resolve();
		buffer.push(text("b"));
		const middle = readAll(buffer, 1);
		buffer.push(done);
		buffer.push(text("too late"));
		expect(await early).toBe("1a 2b 3done");
		expect(await middle).toBe("2b 3done");
		expect(await readAll(buffer, 2)).toBe("3done");
		expect(await readAll(buffer, 3)).toBe("");
		expect(buffer.hasEnded()).toBe(true);
	});

	it("tells how many follow, and lets go of who leaves", async () => {
		const counts: number[] = [];
		const buffer = createRunBuffer((count) => counts.push(count));
		const controller = new AbortController();
		const reading = buffer.follow(0, controller.signal).next();
		await Promise.resolve();
		controller.abort();
		expect(await reading).toEqual({ done: true, value: undefined });
		expect(counts).toEqual([1, 0]);
		expect(buffer.followers()).toBe(0);
	});
});
