import type { CommandName } from "../../shared/commands/command-table.ts";
import type { LineFault } from "../../shared/commands/parse-command.ts";
import type { FailureCode } from "../../shared/text/failure-text.ts";
import type { WireDocSource } from "../../shared/wire/assistant.ts";
import type { WireCommandResult } from "../../shared/wire/commands.ts";
import { onOtherPerson } from "../assistant/on-other-person.ts";
import type { RunState } from "../assistant/run-state.ts";
import { observable } from "../store/observable.ts";

export type Proposal = Extract<WireCommandResult, { readonly kind: "proposal" }>;

/** What was said in the chat with the server, and what came of it. */
export interface ConsoleEntry {
	readonly id: number;
	/** As it was typed. */
	readonly said: string;
	readonly answer: ConsoleAnswer;
}

export type ConsoleAnswer =
	| { readonly kind: "waiting" }
	| { readonly kind: "result"; readonly result: Exclude<WireCommandResult, Proposal> }
	| {
			readonly kind: "proposal";
			readonly proposal: Proposal;
			/** `dropped`: the person did not want it. */
			readonly state: "open" | "confirming" | "dropped";
	  }
	| { readonly kind: "failed"; readonly code: FailureCode }
	| { readonly kind: "fault"; readonly fault: LineFault }
	| { readonly kind: "help"; readonly names: readonly CommandName[] }
	/** What the assistant says about Kith's documents. */
	| { readonly kind: "asked"; readonly question: string; readonly run: RunState }
	/** Which command the owner's words may mean. */
	| { readonly kind: "meant"; readonly words: string; readonly run: RunState }
	/** The assistant is not there: parts of the documents that share words with the question. */
	| { readonly kind: "found"; readonly question: string; readonly sources: readonly WireDocSource[] }
	| { readonly kind: "sent"; readonly name: string; readonly roomId: string };

/** So many are kept. */
const keptEntries = 100;

/** The oldest first: kept for as long as this page lives, in its memory alone. */
export const transcript = observable<readonly ConsoleEntry[]>([]);

let lastId = 0;
const stops = new Map<number, () => void>();

onOtherPerson(clearTranscript);

/** Puts down what was said; answers its number. */
export function addEntry(said: string, answer: ConsoleAnswer = { kind: "waiting" }): number {
	lastId += 1;
	const entry = { id: lastId, said, answer };
	transcript.set((entries) => [...entries, entry].slice(-keptEntries));
	return lastId;
}

/** What came of it, as far as it is known. An entry that is gone stays gone. */
export function answerEntry(id: number, answer: ConsoleAnswer): void {
	transcript.set((entries) => entries.map((entry) => (entry.id === id ? { ...entry, answer } : entry)));
}

/** What ends the work on an entry. */
export function onStopEntry(id: number, stop: () => void): void {
	stops.set(id, stop);
}

export function stopEntry(id: number): void {
	stops.get(id)?.();
	stops.delete(id);
}

/** Lets go of all that was said. */
export function clearTranscript(): void {
	for (const id of [...stops.keys()]) stopEntry(id);
	transcript.set(() => []);
}
