import { TRPCError } from "@trpc/server";
import { isAppError } from "../../shared/app-error.ts";
import type { WireAppError } from "../../shared/wire/error.ts";
import { appCodeOf, trpcCodes } from "./error-codes.ts";

/** The error that leaves a procedure: an AppError gets the tRPC code that belongs to it. */
export const toTrpcError = (error: unknown): TRPCError => {
	const cause = error instanceof TRPCError ? error.cause : error;
	if (isAppError(cause)) {
		return new TRPCError({ code: trpcCodes[cause.code], message: cause.code, cause });
	}
	return error instanceof TRPCError ? error : new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error });
};

/** What the caller is told: codes and names of fields, nothing of what was sent and nothing of how it broke. */
export const wireErrorOf = (error: TRPCError, requestId: string | undefined): WireAppError => {
	const { cause } = error;
	const named = requestId === undefined ? {} : { requestId };
	if (isAppError(cause)) {
		return {
			code: cause.code,
			...(cause.rule === undefined ? {} : { rule: cause.rule }),
			...(cause.retryAfterMs === undefined ? {} : { retryAfterMs: cause.retryAfterMs }),
			...named,
		};
	}
	const fields = error.code === "BAD_REQUEST" ? refusedFields(cause) : [];
	return { code: appCodeOf(error.code), ...(fields.length === 0 ? {} : { fields }), ...named };
};

/** Paths of a ZodError; a part that is not a plain name could be the caller's own text and is left out. */
const refusedFields = (cause: unknown): string[] => {
	const issues = cause instanceof Error && "issues" in cause && Array.isArray(cause.issues) ? cause.issues : [];
	const paths = issues.map((issue: { path?: unknown }) => (Array.isArray(issue.path) ? issue.path : []).join("."));
	return [...new Set(paths)].filter((path) => /^[A-Za-z0-9.]{1,60}$/.test(path)).slice(0, 8);
};
