import { describe, expect, it } from "vitest";
import type { StartRunInput, WireRunEvent } from "../../shared/wire/assistant.ts";
import { beginRun } from "./follow-run.ts";
import type { RunMeans } from "./run-means.ts";
import type { RunState } from "./run-state.ts";

const asked: StartRunInput = { kind: "translate", roomId: "!r:a", language: "de", text: "hello" };
const refusal = (code: string) => ({ data: { code: "X", kith: { code } } });
const line = (text: string): WireRunEvent => ({ kind: "line", text, cites: [], label: "plain" });
const done: WireRunEvent = { kind: "done", isKnown: true, promptTokens: 1, answerTokens: 1 };

/** A server whose runs say what the test wants, and a page that has asked for one. */
function page(start: RunMeans["start"] = async () => "run") {
	const states: RunState[] = [];
	const followed: (string | undefined)[] = [];
	const cancelled: string[] = [];
	const waiting: (() => void)[] = [];
	let listener: Parameters<RunMeans["follow"]>[2] | undefined;
	const run = beginRun(asked, (state) => states.push(state), {
		start,
		follow: (_, lastEventId, next) => {
			followed.push(lastEventId);
			listener = next;
			return () => {
				listener = undefined;
			};
		},
		cancel: async (runId) => void cancelled.push(runId),
		later: (callback) => void waiting.push(callback),
	});
	return {
		...{ run, states, followed, cancelled },
		say: (id: number, event: WireRunEvent) => listener?.onEvent(String(id), event),
		end: (error?: unknown) => listener?.onEnd(error),
		passTime: () => waiting.shift()?.(),
		last: () => states.at(-1),
		whenStarted: () => new Promise<void>((resolve) => setTimeout(resolve)),
	};
}

describe("a run that is followed", () => {
	it("loses no word where the subscription breaks, and says none twice", async () => {
		const { whenStarted, say, end, passTime, last, followed } = page();
		await whenStarted();
		say(1, { kind: "queued", position: 2 });
		say(2, { kind: "started", model: "m", leftOut: 3 });
		say(3, line("one"));
		end(new Error("the socket closed"));
		passTime();
		expect(followed).toEqual([undefined, "3"]);
		say(3, line("one"));
		say(4, line("two"));
		// A server that is being stopped ends it without a last word.
		end();
		passTime();
		say(5, done);
		expect(followed).toEqual([undefined, "3", "4"]);
		expect(last()).toMatchObject({ phase: { kind: "done" }, lines: [{ text: "one" }, { text: "two" }], leftOut: 3 });
		end();
		passTime();
		expect(followed).toHaveLength(3);
	});

	it("ends for a reason that has words: the server's, the run's, or that nobody knows it any more", async () => {
		const refused = page(() => Promise.reject(refusal("assistant-off")));
		await refused.whenStarted();
		expect(refused.last()?.phase).toEqual({ kind: "failed", why: { kind: "call", code: "assistant-off" } });
		const broken = page();
		await broken.whenStarted();
		broken.say(1, { kind: "failed", reason: "too-long" });
		expect(broken.last()?.phase).toEqual({ kind: "failed", why: { kind: "run", reason: "too-long" } });
		const forgotten = page();
		await forgotten.whenStarted();
		forgotten.say(1, line("one"));
		forgotten.end(refusal("not-found"));
		expect(forgotten.last()).toMatchObject({ phase: { why: { kind: "lost" } }, lines: [{ text: "one" }] });
	});

	it("is stopped on the server too, also where that had not answered yet", async () => {
		const early = page();
		early.run.stop();
		await early.whenStarted();
		expect([early.last()?.phase.kind, early.cancelled, early.followed]).toEqual(["stopped", ["run"], []]);
		const late = page();
		await late.whenStarted();
		late.say(1, line("one"));
		late.run.stop();
		late.say(2, line("two"));
		expect(late.cancelled).toEqual(["run"]);
		expect(late.last()).toMatchObject({ phase: { kind: "stopped" }, lines: [{ text: "one" }] });
	});
});
