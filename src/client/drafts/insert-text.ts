import { observable } from "../store/observable.ts";
import { drafts, setDraft } from "./drafts.ts";

/** The last text that was put into a composer by something else than its keys: the caret goes behind it. */
export const insertedText = observable<{ readonly roomId: string; readonly at: number }>({ roomId: "", at: 0 });

/** Replaces what is written in a room; what is answered or changed by it stays. */
export function insertText(roomId: string, text: string): void {
	setDraft(roomId, { ...drafts.get().get(roomId), text });
	insertedText.set(() => ({ roomId, at: text.length }));
}
