import { observable } from "../store/observable.ts";
import type { PreparedPicture } from "./worker/media-message.ts";

/** A picture that somebody chose and has not sent yet. */
export interface AttachedPicture {
	readonly id: string;
	readonly filename: string;
	/** undefined: it is being made ready. */
	readonly ready: { readonly url: string; readonly picture: PreparedPicture } | undefined;
}

/** Why something that was chosen is not there, or is not kept. */
export type AttachProblem = "not-a-picture" | "too-large" | "too-many" | "not-kept";

export interface Attached {
	readonly pictures: readonly AttachedPicture[];
	readonly problem: AttachProblem | undefined;
}

/** By room: they are no part of the draft, which outlives the page. */
export const attachedPictures = observable<ReadonlyMap<string, Attached>>(new Map());

export const nothingAttached: Attached = { pictures: [], problem: undefined };

export function changeAttached(roomId: string, change: (attached: Attached) => Attached): void {
	attachedPictures.set((known) => new Map(known).set(roomId, change(known.get(roomId) ?? nothingAttached)));
}
