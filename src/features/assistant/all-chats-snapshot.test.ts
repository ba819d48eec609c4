import { describe, expect, it } from "vitest";
import type { AllChatsPart, AllChatsRun } from "../../client/assistant/all-chats-run.ts";
import type { PickedMessage } from "../../client/assistant/pick-messages.ts";
import { newRun, type RunLine, type RunPhase } from "../../client/assistant/run-state.ts";
import { allChatsAnswer } from "./all-chats-snapshot.ts";
import { allConsentTo } from "./all-consent-snapshot.ts";

const server = { kind: "server", name: "kith.example", server: "kith.example" } as const;
const now = Date.UTC(2026, 4, 6, 12);
const messagesOf = (room: string, count: number): PickedMessage[] =>
	Array.from({ length: count }, (_, index) => ({
		senderId: "@ben:a",
		message: {
			eventId: `$${room}${index}`,
			sender: "Ben",
			at: now - 1000 + index,
			body: `words ${index}`,
			isOwn: false,
		},
	}));

const part = (room: string, state?: { lines: readonly RunLine[]; phase: RunPhase }): AllChatsPart => {
	const messages = messagesOf(room, 3);
	const base = { roomId: `!${room}:a`, name: room, best: messages, messages };
	return { ...base, state: state && { ...newRun, ...state } };
};
const done: RunPhase = { kind: "done", isKnown: true };
const runOf = (parts: readonly AllChatsPart[], more: Partial<AllChatsRun> = {}): AllChatsRun => ({
	...{ id: 1, question: "who?", parts, isStopped: false },
	looked: { found: parts, off: ["Choir", "Bank", "Work", "Home", "Sea"], messageCount: 40, chatCount: 4 },
	...more,
});

describe("the answers of all chats", () => {
	it("are the lines that messages of the same chat stand behind, numbered through, each leading into its chat", () => {
		const lines: RunLine[] = [
			{ text: "Ben has it", cites: ["$shed1"], label: "plain" },
			{ text: "Guessed", cites: [], label: "plain" },
			{ text: "Of another chat", cites: ["$band0"], label: "plain" },
		];
		const band: RunLine[] = [{ text: "On Friday", cites: ["$band0", "$band2"], label: "plain" }];
		const answer = allChatsAnswer(
			runOf([
				part("tea", { lines: [], phase: { kind: "done", isKnown: false } }),
				part("shed", { lines, phase: done }),
				part("band", { lines: band, phase: done }),
			]),
			now,
		);
		expect(answer.chats.map(({ name, lines: shown, notes }) => [name, shown.map(({ words }) => words), notes])).toEqual(
			[
				["shed", ["Ben has it"], ["2 lines without a message behind them are left out."]],
				["band", ["On Friday"], []],
				["tea", [], ["Nothing there answers it."]],
			],
		);
		const cites = answer.chats.flatMap((chat) => chat.lines.flatMap((line) => line.cites));
		expect(cites.map(({ number, href }) => [number, href])).toEqual([
			[5, "/chat/!shed%3Aa/%24shed1"],
			[7, "/chat/!band%3Aa/%24band0"],
			[9, "/chat/!band%3Aa/%24band2"],
		]);
		expect(answer.notes).toEqual([
			"Looked through 40 messages in 4 chats.",
			"Left out, because the assistant is off there: Choir, Bank, Work and 2 other chats.",
		]);
		expect([answer.isRunning, answer.progress]).toEqual([false, undefined]);
	});

	it("say where it is, what failed, what was stopped, and that none knows", () => {
		const running = allChatsAnswer(
			runOf([part("a", { lines: [], phase: done }), part("b", { lines: [], phase: { kind: "reading" } }), part("c")]),
			now,
		);
		expect(running.progress).toEqual({ words: "Asking about b", share: { done: 1, total: 3 } });
		expect(running.chats.map(({ name }) => name)).toEqual(["a"]);
		const failed = part("a", { lines: [], phase: { kind: "failed", why: { kind: "run", reason: "busy" } } });
		const stopped = allChatsAnswer(
			runOf([failed, part("b", { lines: [], phase: { kind: "stopped" } }), part("c")], { isStopped: true }),
			now,
		);
		expect(stopped.chats.map(({ notes }) => notes)).toEqual([
			["It has too much to do. Try again in a moment."],
			["You stopped it here."],
			["Not asked any more."],
		]);
		expect(stopped.notes[0]).toBe("None of these chats answers it.");
		expect(stopped.isRunning).toBe(false);
	});
});

describe("what is asked before chats are asked", () => {
	it("shows every message of each, counts those that are chosen, and sends nothing of none", () => {
		const { looked } = runOf([part("shed"), part("band")]);
		const all = allConsentTo({ question: "who?", looked, leftOut: new Set() }, server);
		expect(all.title).toBe("Send 6 messages of 2 chats to kith.example?");
		expect(all.rooms.map(({ name, lines }) => [name, lines.map(({ words }) => words)])).toEqual([
			["shed", ["words 0", "words 1", "words 2"]],
			["band", ["words 0", "words 1", "words 2"]],
		]);
		expect(all.action).toBe("Send 6 messages");
		const one = allConsentTo({ question: "who?", looked, leftOut: new Set(["!shed:a"]) }, server);
		expect([one.title, one.canSend]).toEqual(["Send 3 messages of 1 chat to kith.example?", true]);
		const none = allConsentTo({ question: "who?", looked, leftOut: new Set(["!shed:a", "!band:a"]) }, server);
		expect([none.canSend, none.action]).toEqual([false, "Choose a chat"]);
	});
});
