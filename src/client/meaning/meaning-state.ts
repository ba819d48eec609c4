import { observable } from "../store/observable.ts";

/** How far the messages of a chat are read for their meaning. */
export interface MeaningState {
	readonly roomId: string;
	readonly done: number;
	readonly total: number;
	/** `failed`: the person's own Ollama did not do it; messages are found by words. */
	readonly kind: "reading" | "paused" | "failed" | "done";
}

/** Of the chat that was looked at last; undefined: nothing is read for its meaning here. */
export const meaning = observable<MeaningState | undefined>(undefined);
