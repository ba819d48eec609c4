/** What a log line carries beside its sentence: ids, counts and durations; never content, a password or a token. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where a part of the program writes what happened. An error goes under the field `err`. */
export interface Log {
	debug(fields: LogFields, message: string): void;
	info(fields: LogFields, message: string): void;
	warn(fields: LogFields, message: string): void;
	error(fields: LogFields, message: string): void;
}
