import type { FailureCode } from "../../shared/text/failure-text.ts";
import type { RunFailure, WireRunEvent } from "../../shared/wire/assistant.ts";

/** What a run has said so far, and where it is. */
export interface RunState {
	readonly phase: RunPhase;
	readonly lines: readonly RunLine[];
	/** Of a draft, a rewritten or a translated text. */
	readonly text: string;
	readonly replies: readonly string[];
	/** The line that words were taken for; undefined: none yet, or none at all. */
	readonly command: string | undefined;
	/** Messages that were given and did not fit. */
	readonly leftOut: number;
}

export type RunPhase =
	| { readonly kind: "starting" | "reading" | "stopped" }
	/** So many others are before it. */
	| { readonly kind: "queued"; readonly position: number }
	/** So many parts of a long range are read. */
	| { readonly kind: "parts"; readonly done: number; readonly total: number }
	/** `isKnown` is false where what was given does not answer the question. */
	| { readonly kind: "done"; readonly isKnown: boolean }
	| { readonly kind: "failed"; readonly why: RunProblem };

/** Why a run ended without an answer: it failed, the call did, or the server knows nothing of it any more. */
export type RunProblem =
	| { readonly kind: "run"; readonly reason: RunFailure }
	/** The person's own Ollama failed. */
	| { readonly kind: "own"; readonly reason: RunFailure }
	| { readonly kind: "call"; readonly code: FailureCode }
	| { readonly kind: "lost" };

export type RunLine = Pick<Extract<WireRunEvent, { kind: "line" }>, "text" | "cites" | "label" | "sources">;

export const newRun: RunState = {
	phase: { kind: "starting" },
	lines: [],
	text: "",
	replies: [],
	command: undefined,
	leftOut: 0,
};

/** The run after what it says next. */
export function withRunEvent(run: RunState, event: WireRunEvent): RunState {
	switch (event.kind) {
		case "queued":
			return { ...run, phase: { kind: "queued", position: event.position } };
		case "started":
			return { ...run, phase: { kind: "reading" }, leftOut: event.leftOut };
		case "progress":
			return { ...run, phase: { kind: "parts", done: event.done, total: event.total } };
		case "line": {
			const { kind: _, ...line } = event;
			return { ...run, lines: [...run.lines, line] };
		}
		case "text":
			return { ...run, text: run.text + event.text };
		case "replies":
			return { ...run, replies: event.replies };
		case "command":
			return { ...run, command: event.line };
		case "done":
			return { ...run, phase: { kind: "done", isKnown: event.isKnown } };
		case "failed":
			return failed(run, { kind: "run", reason: event.reason });
		case "cancelled":
			return { ...run, phase: { kind: "stopped" } };
	}
}

export function failed(run: RunState, why: RunProblem): RunState {
	return { ...run, phase: { kind: "failed", why } };
}

/** True once nothing more comes. */
export function isOver({ phase }: Pick<RunState, "phase">): boolean {
	return phase.kind === "done" || phase.kind === "failed" || phase.kind === "stopped";
}
