import type { WireEvent } from "../../shared/wire/event.ts";
import { observable } from "../store/observable.ts";

/** What is being written in a room. */
export interface Draft {
	readonly text: string;
	/** The message that is answered or changed. */
	readonly target?: { readonly kind: "reply" | "edit"; readonly event: WireEvent };
	/** People whom the text names, picked from the list. */
	readonly mentions?: readonly { readonly userId: string; readonly name: string }[];
}

/** A draft as it is kept. */
export interface StoredDraft extends Draft {
	readonly roomId: string;
}

/** Drafts by room, as they are typed. */
export const drafts = observable<ReadonlyMap<string, Draft>>(new Map());

/** Drafts by room, a moment behind: what is on the disk and in the chat list, which must not follow every key. */
export const settledDrafts = observable<ReadonlyMap<string, Draft>>(new Map());

/** Replaces a room's draft; an empty one is forgotten. */
export function setDraft(roomId: string, draft: Draft): void {
	drafts.set((known) => withDraft(known, roomId, draft));
}

/** All drafts with one changed. */
export function withDraft(
	known: ReadonlyMap<string, Draft>,
	roomId: string,
	draft: Draft | undefined,
): ReadonlyMap<string, Draft> {
	const next = new Map(known);
	if (draft === undefined || (draft.text === "" && draft.target === undefined)) next.delete(roomId);
	else next.set(roomId, draft);
	return next;
}
