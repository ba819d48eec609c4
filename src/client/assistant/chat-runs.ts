import type { StartRunInput } from "../../shared/wire/assistant.ts";
import { observable } from "../store/observable.ts";
import { beginRun, type Run } from "./follow-run.ts";
import { onOtherPerson } from "./on-other-person.ts";
import type { PickedMessage } from "./pick-messages.ts";
import { isOver, newRun, type RunState } from "./run-state.ts";

/** A summary, or an answer to a question, and what it was made of. */
export interface ChatRun extends Run {
	readonly id: number;
	readonly input: Extract<StartRunInput, { kind: "summary" | "ask" }>;
	/** In the order in which they were written: citations are numbered along it. */
	readonly messages: readonly PickedMessage[];
	/** Of a question: where its messages were looked for. */
	readonly search: ChatSearch | undefined;
	readonly state: RunState;
}

export interface ChatSearch {
	/** So many messages were looked through, back to the first moment. */
	readonly count: number;
	readonly since: number;
	/** False: none of them shares a word with the question, or means something like it, so the newest were taken. */
	readonly isFound: boolean;
}

/** So many are kept of a chat. */
const keptRuns = 8;

/** By room, the oldest first: kept for as long as this page lives, in its memory alone. */
export const chatRuns = observable<ReadonlyMap<string, readonly ChatRun[]>>(new Map());

let lastId = 0;

onOtherPerson(() => {
	for (const run of [...chatRuns.get().values()].flat()) run.stop();
	chatRuns.set(() => new Map());
});

/** Asks for a run about a chat, and keeps what it says. A new summary takes the place of the last one. */
export function beginChatRun(
	input: ChatRun["input"],
	messages: readonly PickedMessage[],
	search?: ChatSearch | undefined,
): void {
	lastId += 1;
	const id = lastId;
	const { roomId } = input;
	const change = (next: (runs: readonly ChatRun[]) => readonly ChatRun[]): void =>
		chatRuns.set((known) => new Map(known).set(roomId, next(known.get(roomId) ?? [])));
	const onState = (state: RunState): void =>
		change((runs) => runs.map((run) => (run.id === id ? { ...run, state } : run)));
	const run: ChatRun = { ...beginRun(input, onState), id, input, messages, search, state: newRun };
	change((runs) =>
		[...runs.filter(({ input: { kind } }) => input.kind === "ask" || kind === "ask"), run].slice(-keptRuns),
	);
}

/** Lets go of what was said about a chat. */
export function forgetChatRun(roomId: string, id: number): void {
	chatRuns.set((known) =>
		new Map(known).set(
			roomId,
			(known.get(roomId) ?? []).filter((run) => run.id !== id),
		),
	);
}

/** The run of a chat that still has something to say. */
export function activeRun(runs: readonly ChatRun[]): ChatRun | undefined {
	return runs.find(({ state }) => !isOver(state));
}
