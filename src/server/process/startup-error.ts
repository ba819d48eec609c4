/** Why the server did not start. */
export type StartupErrorCode =
	| "configuration"
	| "locked"
	| "data-folder"
	| "no-postgres"
	| "no-access"
	| "database-corrupt"
	| "database-unreachable"
	| "database-too-old"
	| "database-unsafe"
	| "database-newer"
	| "database-differs"
	| "port-taken";

/** A refusal to start that the operator can act on: the message is the one line that is printed. */
export class StartupError extends Error {
	readonly code: StartupErrorCode;

	constructor(code: StartupErrorCode, line: string, cause?: unknown) {
		super(line, cause === undefined ? undefined : { cause });
		this.name = "StartupError";
		this.code = code;
	}
}
