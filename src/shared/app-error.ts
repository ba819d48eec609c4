import type { AppErrorCode } from "./wire/error.ts";

/** What a use case throws when it refuses: a code of the closed set, never a sentence for people. */
export class AppError extends Error {
	readonly code: AppErrorCode;
	/** The authorization rule that refused, an id of federation/SPEC.md. */
	readonly rule: string | undefined;
	readonly retryAfterMs: number | undefined;

	constructor(code: AppErrorCode, options: { detail?: string; rule?: string; retryAfterMs?: number; cause?: unknown } = {}) {
		super(options.detail ?? code, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = "AppError";
		this.code = code;
		this.rule = options.rule;
		this.retryAfterMs = options.retryAfterMs;
	}
}
