import type { TRPCError } from "@trpc/server";
import type { Log } from "../../shared/log.ts";
import type { CallContext } from "./call-context.ts";
import { wireErrorOf } from "./error-format.ts";

/** Writes down a call that failed for a reason of ours. A refusal is an answer, and inputs never get here. */
export const logCallError = (
	log: Log,
	{ error, ctx }: { readonly error: TRPCError; readonly ctx: CallContext | undefined },
): void => {
	const { code, requestId } = wireErrorOf(error, ctx?.requestId);
	const cause = error.cause?.cause instanceof Error ? error.cause.cause : (error.cause ?? error);
	const fields = { requestId, code, error: cause.name, reason: cause.message.slice(0, 300) };
	if (code === "internal") {
		log.error({ ...fields, stack: framesOf(cause) }, "call broke");
	} else if (code === "unavailable" || code === "storage-full") {
		log.warn(fields, "call could not be served");
	}
};

const framesOf = (error: Error): string[] =>
	(error.stack ?? "")
		.split("\n")
		.filter((line) => /^\s+at /.test(line))
		.slice(0, 12)
		.map((line) => line.trim());
