import pino from "pino";
import type { Environment } from "../../env.ts";
import type { Log } from "../../shared/log.ts";

export interface Logger extends Log {
	/** A log whose lines all carry these fields. */
	child(fields: Readonly<Record<string, unknown>>): Logger;
}

/** Where the lines go: a file descriptor's stream, or a test's collector. */
export type LogDestination = pino.DestinationStream;

/** Whatever is handed over under one of these names stays out of the log, also one level down. */
const secretFields = ["password", "token", "cookie", "authorization", "secret", "body", "content", "connectionString"];

/**
 * The server's log: one JSON object a line on the standard error output, which leaves the standard output to the few lines
 * that are meant for a person, the one-time link among them.
 */
export function createLogger(
	environment: Pick<Environment, "logLevel">,
	destination: LogDestination = standardError(),
): Logger {
	return pino(
		{
			level: environment.logLevel ?? (process.stderr.isTTY ? "warn" : "info"),
			base: { pid: process.pid },
			timestamp: pino.stdTimeFunctions.isoTime,
			formatters: { level: (label) => ({ level: label }) },
			redact: { paths: secretFields.flatMap((name) => [name, `*.${name}`]), remove: true },
			serializers: { err: describeError },
		},
		destination,
	);
}

/** What cannot be written (the disk is full, nobody reads the pipe any more) costs lines of the log, and not the server. */
function standardError(): LogDestination {
	const destination = pino.destination({ dest: 2, sync: true, maxLength: mostWaitingBytes });
	destination.on("error", () => undefined);
	return destination;
}

/** Of lines that could not be written yet. */
const mostWaitingBytes = 1_048_576;

/**
 * An error for the log. Only named parts: drivers hang the values of a row on their errors, and a database's own sentence
 * may quote one.
 */
function describeError(error: unknown): unknown {
	if (!(error instanceof Error)) return { type: typeof error };
	const code = "code" in error ? error.code : undefined;
	const isOfDatabase = "severity" in error && "routine" in error;
	return {
		type: error.name,
		...(code === undefined ? {} : { code }),
		...(isOfDatabase ? { routine: error.routine } : { message: error.message }),
		stack: error.stack
			?.split("\n")
			.filter((line) => /^\s+at /.test(line))
			.join("\n"),
		...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
	};
}
