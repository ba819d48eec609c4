import { type AppErrorCode, isAppErrorCode } from "./wire/error.ts";

/** What a use case throws when it refuses: a code of the closed set, never a sentence for people. */
export class AppError extends Error {
	readonly code: AppErrorCode;
	/** The authorization rule that refused, an id of federation/SPEC.md. */
	readonly rule: string | undefined;
	readonly retryAfterMs: number | undefined;

	constructor(
		code: AppErrorCode,
		options: { detail?: string; rule?: string; retryAfterMs?: number; cause?: unknown } = {},
	) {
		super(options.detail ?? code, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = "AppError";
		this.code = code;
		this.rule = options.rule;
		this.retryAfterMs = options.retryAfterMs;
	}
}

/**
 * True for an AppError of any copy of this module: the server's bundle and Next's bundles each have their own class.
 */
export const isAppError = (error: unknown): error is AppError =>
	error instanceof AppError ||
	(error instanceof Error && error.name === "AppError" && "code" in error && isAppErrorCode(error.code));
