import { describe, expect, it } from "vitest";
import { createWaits } from "../trpc/waits.ts";
import { askUntilAnswered } from "./ask-until-answered.ts";

/** A server that fails as often as it is told, hangs, or answers; and waits that only a hurry ends. */
function world(answers: readonly ("silent" | "hangs" | "refuses" | "answers")[]) {
	const pauses: number[] = [];
	let asked = 0;
	let silences = 0;
	const waits = createWaits({
		now: () => 0,
		later: (_, delayMs) => {
			pauses.push(delayMs);
			return () => undefined;
		},
	});
	const stop = new AbortController();
	const answer = askUntilAnswered<string>(
		{
			ask: (signal) => {
				const next = answers[asked];
				asked += 1;
				if (next === "answers") return Promise.resolve("me");
				if (next !== "hangs") return Promise.reject(new Error(next));
				return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
			},
			onSilence: () => {
				silences += 1;
			},
			answerIn: (error) => (error instanceof Error && error.message === "refuses" ? "nobody" : undefined),
		},
		waits,
		stop.signal,
	);
	return {
		...{ answer, pauses, stop, hurry: waits.hurry },
		asked: () => asked,
		silences: () => silences,
		isWaiting: () => waits.nextAt.get() !== undefined,
	};
}

describe("a question that is asked until somebody answers", () => {
	it("is asked again at once when the network comes back, not after the pause", async () => {
		const { answer, hurry, asked, isWaiting } = world(["silent", "silent", "answers"]);
		await expect.poll(isWaiting).toBe(true);
		hurry();
		await expect.poll(asked).toBe(2);
		await expect.poll(isWaiting).toBe(true);
		hurry();
		expect(await answer).toBe("me");
	});

	it("is asked again also where the last one hangs in a network that went away", async () => {
		const { answer, hurry, asked, silences } = world(["hangs", "answers"]);
		await expect.poll(asked).toBe(1);
		hurry();
		expect(await answer).toBe("me");
		expect(silences()).toBe(0);
	});

	it("is patient from the beginning after a hurry", async () => {
		const { stop, hurry, pauses, isWaiting, asked } = world(["silent", "silent", "silent"]);
		await expect.poll(isWaiting).toBe(true);
		hurry();
		await expect.poll(() => [asked(), isWaiting()]).toEqual([2, true]);
		expect(pauses.at(-1)).toBe(pauses[0]);
		stop.abort();
	});

	it("takes a refusal for an answer", async () => {
		const { answer, asked } = world(["refuses"]);
		expect(await answer).toBe("nobody");
		expect(asked()).toBe(1);
	});

	it("ends with its signal, whether it waits or hangs", async () => {
		for (const last of ["silent", "hangs"] as const) {
			const { answer, stop, asked } = world([last]);
			await expect.poll(asked).toBe(1);
			stop.abort();
			expect(await answer).toBeUndefined();
		}
	});
});
