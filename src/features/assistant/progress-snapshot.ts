import type { RunState } from "../../client/assistant/run-state.ts";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";

/** How far a run is, in words, and of a long range as a share. */
export interface ProgressSnapshot {
	readonly words: string;
	readonly share: { readonly done: number; readonly total: number } | undefined;
}

/** How far a run over so many messages is; undefined once it is over. */
export function progressOf({ phase, lines }: RunState, messageCount: number): ProgressSnapshot | undefined {
	switch (phase.kind) {
		case "starting":
			return { words: text("run.starting"), share: undefined };
		case "queued":
			return { words: text("run.queued", { position: phase.position }), share: undefined };
		case "reading": {
			const messages = text("assistant.messages", { count: messageCount });
			return { words: lines.length > 0 ? text("run.writing") : text("run.reading", { messages }), share: undefined };
		}
		case "parts": {
			const { done, total } = phase;
			const words = done < total ? text("run.part", { number: done + 1, total }) : text("run.merging");
			return { words, share: { done, total: total + 1 } };
		}
		case "done":
		case "failed":
		case "stopped":
			return undefined;
	}
}
