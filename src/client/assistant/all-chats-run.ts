import { observable } from "../store/observable.ts";
import { beginRun, type Run } from "./follow-run.ts";
import type { ChatFound, LookedThrough } from "./look-through-chats.ts";
import { onOtherPerson } from "./on-other-person.ts";
import { ownLanguage } from "./own-language.ts";
import { isOver, newRun, type RunState } from "./run-state.ts";

/** A question to all chats: one run for each of them, one after the other. */
export interface AllChatsRun {
	readonly id: number;
	readonly question: string;
	readonly looked: LookedThrough;
	/** The chats that the person said yes to. */
	readonly parts: readonly AllChatsPart[];
	/** The person ended it: the chats behind are not asked. */
	readonly isStopped: boolean;
}

export interface AllChatsPart extends ChatFound {
	/** Undefined: it was not its turn yet. */
	readonly state: RunState | undefined;
}

/** The last one, for as long as this page lives, in its memory alone: it is shown to who asked and goes nowhere from there. */
export const allChatsRun = observable<AllChatsRun | undefined>(undefined);

/** Begins a run; the tests' is another one. */
type Begin = typeof beginRun;

let lastId = 0;
let current: Run | undefined;

onOtherPerson(forgetAllChats);

/** Asks each chat for itself: no run is given what is from two of them. */
export function askAllChats(question: string, looked: LookedThrough, begin: Begin = beginRun): void {
	forgetAllChats();
	lastId += 1;
	const id = lastId;
	const parts = looked.found.map((found) => ({ ...found, state: undefined }));
	allChatsRun.set(() => ({ id, question, looked, parts, isStopped: false }));
	const next = (index: number): void => {
		const run = allChatsRun.get();
		const part = run?.parts[index];
		if (run?.id !== id || run.isStopped || part === undefined) return;
		const { roomId, best } = part;
		let isLast = false;
		const onState = (state: RunState): void => {
			change(id, (known) => ({ ...known, parts: known.parts.with(index, { ...part, state }) }));
			if (!isOver(state) || isLast) return;
			isLast = true;
			next(index + 1);
		};
		change(id, (known) => ({ ...known, parts: known.parts.with(index, { ...part, state: newRun }) }));
		const messages = best.map(({ message }) => message);
		current = begin({ kind: "ask", roomId, language: ownLanguage(), question, messages }, onState);
	};
	next(0);
}

/** Ends it; what was said until now stays. */
export function stopAllChats(): void {
	allChatsRun.set((run) => run && { ...run, isStopped: true });
	current?.stop();
	current = undefined;
}

/** Ends it and lets go of what was said. */
export function forgetAllChats(): void {
	stopAllChats();
	allChatsRun.set(() => undefined);
}

function change(id: number, next: (run: AllChatsRun) => AllChatsRun): void {
	allChatsRun.set((run) => (run?.id === id ? next(run) : run));
}
