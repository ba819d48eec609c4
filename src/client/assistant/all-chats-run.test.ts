import { beforeEach, expect, it, vi } from "vitest";
import type { StartRunInput } from "../../shared/wire/assistant.ts";
import { allChatsRun, askAllChats, forgetAllChats, stopAllChats } from "./all-chats-run.ts";
import type { ChatFound, LookedThrough } from "./look-through-chats.ts";
import { newRun, type RunState } from "./run-state.ts";

const chat = (name: string): ChatFound => {
	const message = { eventId: `$${name}`, sender: "Ben", at: 0, body: `secret of ${name}`, isOwn: false };
	const messages = [{ senderId: "@ben:a", message }];
	return { roomId: `!${name}:a`, name, best: messages, messages };
};
const looked: LookedThrough = { found: ["a", "b", "c"].map(chat), off: [], messageCount: 3, chatCount: 3 };
const done: RunState = { ...newRun, phase: { kind: "done", isKnown: true } };

/** Runs that go on until the test ends them. */
const startRuns = () => {
	const inputs: StartRunInput[] = [];
	const states: ((state: RunState) => void)[] = [];
	const stopped: number[] = [];
	askAllChats("who?", looked, (input, onState) => {
		const number = inputs.push(input);
		states.push(onState);
		return { stop: () => void stopped.push(number) };
	});
	return { inputs, states, stopped };
};

beforeEach(() => {
	vi.stubGlobal("navigator", { language: "en" });
	forgetAllChats();
});

it("each chat has a run of its own, one after the other, with nothing of another chat", () => {
	const { inputs, states } = startRuns();
	expect(inputs).toHaveLength(1);
	states[0]?.({ ...newRun, phase: { kind: "reading" } });
	expect(inputs).toHaveLength(1);
	states[0]?.(done);
	states[0]?.(done);
	expect(inputs).toHaveLength(2);
	states[1]?.({ ...newRun, phase: { kind: "failed", why: { kind: "lost" } } });
	expect(inputs).toHaveLength(3);
	states[2]?.(done);
	for (const [index, name] of ["a", "b", "c"].entries()) {
		expect(JSON.stringify(inputs[index]).match(/secret of \w/g)).toEqual([`secret of ${name}`]);
		expect(inputs[index]).toMatchObject({ kind: "ask", roomId: `!${name}:a`, question: "who?" });
	}
	expect(allChatsRun.get()?.parts.map(({ state }) => state?.phase.kind)).toEqual(["done", "failed", "done"]);
});

it("that is stopped asks no further chat, and keeps what was said", () => {
	const { inputs, states, stopped } = startRuns();
	states[0]?.(done);
	stopAllChats();
	expect(stopped).toEqual([2]);
	states[1]?.({ ...newRun, phase: { kind: "stopped" } });
	expect(inputs).toHaveLength(2);
	expect(allChatsRun.get()).toMatchObject({ isStopped: true, parts: [{ state: done }, {}, { state: undefined }] });
});

it("a new question takes the place of the last one, which says nothing more", () => {
	const first = startRuns();
	const second = startRuns();
	expect(first.stopped).toEqual([1]);
	first.states[0]?.(done);
	expect(first.inputs).toHaveLength(1);
	expect(allChatsRun.get()?.parts[0]?.state).toEqual(newRun);
	second.states[0]?.(done);
	expect(second.inputs).toHaveLength(2);
});
