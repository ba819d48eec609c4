import { describe, expect, it } from "vitest";
import type { ChatRun } from "../../client/assistant/chat-runs.ts";
import type { PickedMessage } from "../../client/assistant/pick-messages.ts";
import { newRun, type RunLine, type RunPhase, withRunEvent } from "../../client/assistant/run-state.ts";
import { answerOf } from "./answer-snapshot.ts";
import { consentTo } from "./consent-snapshot.ts";
import { progressOf } from "./progress-snapshot.ts";

const server = { kind: "server", name: "kith.example", server: "kith.example" } as const;
const now = Date.UTC(2026, 4, 6, 12);

const messagesOf = (senders: readonly string[]): PickedMessage[] =>
	senders.map((sender, index) => ({
		senderId: `@${sender.toLowerCase()}:a`,
		message: {
			eventId: `$e${index + 1}`,
			sender,
			at: now - 1000 * (senders.length - index),
			body: `words ${index + 1}`,
			isOwn: sender === "Me",
		},
	}));

const runOf = (lines: readonly RunLine[], phase: RunPhase, input: Partial<ChatRun["input"]> = {}): ChatRun => ({
	...{ id: 1, stop: () => undefined, search: undefined, messages: messagesOf(["Ann", "Me", "Ann", "Ben"]) },
	input: { kind: "summary", roomId: "!r:a", language: "en", messages: [], ...input } as ChatRun["input"],
	state: { ...newRun, lines, phase },
});

const context = { now, shownEventId: "$e4" };

describe("an answer as it is shown", () => {
	it("puts decisions and things to do first, and numbers citations as the messages stand", () => {
		const lines: RunLine[] = [
			{ label: "plain", text: "Rain is coming", cites: [] },
			{ label: "action", text: "Ann brings tea", cites: ["$e4", "$e1", "$unknown"] },
			{ label: "decision", text: "We meet at nine", cites: ["$e2"] },
		];
		const answer = answerOf(runOf(lines, { kind: "done", isKnown: true }), context);
		expect(answer.sections.map(({ heading, lines: own }) => [heading, ...own.map(({ words }) => words)])).toEqual([
			["Decided", "We meet at nine"],
			["To do", "Ann brings tea"],
			["Also said", "Rain is coming"],
		]);
		const cites = answer.sections[1]?.lines[0]?.cites ?? [];
		expect(cites.map(({ number, isShown }) => [number, isShown])).toEqual([
			[4, true],
			[1, false],
		]);
		expect(cites[0]?.href).toBe("/chat/!r%3Aa/catch-up/%24e4");
		expect(answer.given).toBe("4 messages of 3 people");
		const plain = answerOf(runOf(lines.slice(0, 1), { kind: "reading" }), context);
		expect(plain.sections).toMatchObject([{ heading: undefined, lines: [{ cites: [] }] }]);
	});

	it("says that it does not know, that something was left out or stopped, and why it failed", () => {
		const notes = (run: ChatRun) => answerOf(run, context).notes;
		expect(notes(runOf([], { kind: "done", isKnown: false }, { kind: "ask", question: "when?" }))).toEqual([
			"I don’t know: nothing that was looked through answers this.",
		]);
		expect(notes(runOf([], { kind: "stopped" }))).toEqual(["You stopped it here."]);
		const left = runOf([], { kind: "reading" });
		expect(notes({ ...left, state: { ...left.state, leftOut: 1 } })).toEqual([
			"1 message did not fit and was not read.",
		]);
		const failed = (why: Extract<RunPhase, { kind: "failed" }>["why"]) =>
			answerOf(runOf([], { kind: "failed", why }), context).problem;
		expect(failed({ kind: "run", reason: "too-long" })).toBe("That is more than it can read. Choose less.");
		expect(failed({ kind: "call", code: "assistant-off" })).toBe("The assistant is switched off in this chat.");
		expect(failed({ kind: "lost" })).toContain("forgot it");
	});

	it("tells how far it is", () => {
		const at = (phase: RunPhase) => progressOf({ ...newRun, phase }, 14);
		expect(at({ kind: "queued", position: 2 })).toEqual({ words: "Number 2 in line", share: undefined });
		expect(at({ kind: "reading" })?.words).toBe("Reading 14 messages");
		expect(at({ kind: "parts", done: 1, total: 3 })).toEqual({ words: "Part 2 of 3", share: { done: 1, total: 4 } });
		expect(at({ kind: "parts", done: 3, total: 3 })?.words).toBe("Putting the parts together");
		expect(at({ kind: "stopped" })).toBeUndefined();
		const writing = withRunEvent(
			{ ...newRun, phase: { kind: "reading" } },
			{ kind: "line", text: "x", cites: [], label: "plain" },
		);
		expect(progressOf(writing, 14)?.words).toBe("Writing");
	});
});

describe("what is asked before something is sent", () => {
	it("shows every message as it is sent, and says what stays out", () => {
		const messages = messagesOf(["Ann", "Me", "Ben", "Cleo", "Dan"]);
		const consent = consentTo({ question: "when?", messages, closedCount: 2, isWhole: false }, server);
		expect(consent.title).toBe("Send 5 messages of 5 people to kith.example?");
		expect(consent.peopleText).toBe("Ann, You, Ben and 2 others");
		expect(consent.lines.map(({ name, words }) => `${name}: ${words}`)).toEqual([
			...["Question: when?", "Ann: words 1", "You: words 2", "Ben: words 3", "Cleo: words 4", "Dan: words 5"],
		]);
		expect(consent.notes).toHaveLength(2);
		expect(consent.action).toBe("Send 5 messages");
		const one = consentTo({ messages: messagesOf(["Ann"]), closedCount: 0, isWhole: true }, server);
		expect([one.title, one.peopleText, one.notes]).toEqual(["Send 1 message of 1 person to kith.example?", "Ann", []]);
	});

	it("shows a text of one's own", () => {
		const consent = consentTo({ question: "helo", messages: [], closedCount: 0, isWhole: true }, server);
		expect(consent).toMatchObject({ title: "Send this text to kith.example?", lines: [{ words: "helo" }], people: [] });
	});
});
