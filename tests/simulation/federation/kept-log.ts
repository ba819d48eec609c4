import type { Log, LogFields } from "../../../src/shared/log.ts";

export interface LogLine {
	readonly level: "debug" | "info" | "warn" | "error";
	readonly message: string;
	readonly fields: LogFields;
}

/** The log of a server over all its processes. */
export interface KeptLog {
	readonly lines: readonly LogLine[];
	/** What a process writes; after its end it is heard no more. */
	of(process: { readonly isUp: boolean }): Log;
}

const mostLines = 5_000;

export const createKeptLog = (): KeptLog => {
	const lines: LogLine[] = [];
	return {
		lines,
		of: (process) => {
			const write =
				(level: LogLine["level"]) =>
				(fields: LogFields, message: string): void => {
					if (process.isUp && lines.length < mostLines) lines.push({ level, message, fields });
				};
			return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
		},
	};
};
