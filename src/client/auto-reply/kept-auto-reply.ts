import type { AutoReplyState } from "./auto-reply-state.ts";

/** What is kept of answering by itself: the note and the answers are words of a person, so it lies sealed. */
export interface KeptAutoReply extends AutoReplyState {
	readonly id: "state";
}
