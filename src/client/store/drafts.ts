import type { WireEvent } from "../../shared/wire/event.ts";
import { observable } from "./observable.ts";

/** What is being written in a room. */
export interface Draft {
	readonly text: string;
	/** The message that is answered or changed. */
	readonly target?: { readonly kind: "reply" | "edit"; readonly event: WireEvent };
}

/** Drafts by room: they outlive a switch of chats, not a reload. */
export const drafts = observable<ReadonlyMap<string, Draft>>(new Map());

/** Replaces a room's draft; an empty one is forgotten. */
export function setDraft(roomId: string, draft: Draft): void {
	drafts.set((known) => {
		const next = new Map(known);
		if (draft.text === "" && draft.target === undefined) next.delete(roomId);
		else next.set(roomId, draft);
		return next;
	});
}
