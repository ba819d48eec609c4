import type { RunFailure } from "../wire/assistant.ts";

/** Why a run has no answer. Its message never holds what was read or written. */
export class RunFailed extends Error {
	readonly reason: RunFailure;

	constructor(reason: RunFailure, options: { readonly detail?: string; readonly cause?: unknown } = {}) {
		super(options.detail ?? reason, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = "RunFailed";
		this.reason = reason;
	}
}
