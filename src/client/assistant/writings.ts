import type { StartRunInput } from "../../shared/wire/assistant.ts";
import { drafts } from "../drafts/drafts.ts";
import { insertText } from "../drafts/insert-text.ts";
import { observable } from "../store/observable.ts";
import { beginRun, type Run } from "./follow-run.ts";
import type { Gathered } from "./gather-messages.ts";
import { onOtherPerson } from "./on-other-person.ts";
import { newRun, type RunState } from "./run-state.ts";

/** A text that the assistant writes for a composer. It is offered, and goes in by a tap alone. */
export interface Writing extends Run {
	readonly input: Extract<StartRunInput, { kind: "rewrite" | "translate" | "draft" }>;
	/** All that was sent for it. */
	readonly given: Gathered;
	readonly state: RunState;
	/** What it took the place of, once it was put in. */
	readonly replaced: string | undefined;
}

/** By room, the last one; in this page's memory alone. */
export const writings = observable<ReadonlyMap<string, Writing>>(new Map());

onOtherPerson(() => {
	for (const writing of writings.get().values()) writing.stop();
	writings.set(() => new Map());
});

/** Asks for a text; what was offered before is let go of. */
export function beginWriting(input: Writing["input"], given: Gathered): void {
	const { roomId } = input;
	dropWriting(roomId);
	const run = beginRun(input, (state) => change(roomId, (known) => (isOf(known, run) ? { ...known, state } : known)));
	change(roomId, () => ({ stop: run.stop, input, given, state: newRun, replaced: undefined }));
}

/** Puts the offered text where the person writes. */
export function takeWriting(roomId: string): void {
	const writing = writings.get().get(roomId);
	if (writing === undefined) return;
	const replaced = drafts.get().get(roomId)?.text ?? "";
	insertText(roomId, writing.state.text);
	change(roomId, (known) => known && { ...known, replaced });
}

/** Puts back what was written before. */
export function undoWriting(roomId: string): void {
	const replaced = writings.get().get(roomId)?.replaced;
	if (replaced !== undefined) insertText(roomId, replaced);
	dropWriting(roomId);
}

/** Lets go of what is offered, and ends it where it is still being written. */
export function dropWriting(roomId: string): void {
	writings.get().get(roomId)?.stop();
	change(roomId, () => undefined);
}

function isOf(writing: Writing | undefined, run: Run): writing is Writing {
	return writing?.stop === run.stop;
}

function change(roomId: string, next: (known: Writing | undefined) => Writing | undefined): void {
	writings.set((all) => {
		const writing = next(all.get(roomId));
		if (writing === all.get(roomId)) return all;
		const changed = new Map(all);
		if (writing === undefined) changed.delete(roomId);
		else changed.set(roomId, writing);
		return changed;
	});
}
