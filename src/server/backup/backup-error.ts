/** Why a backup was not written, or not restored. */
export type BackupErrorCode =
	| "passphrase-too-short"
	| "passphrase-wrong"
	| "no-backup"
	| "format-newer"
	| "altered"
	| "truncated"
	| "schema-newer"
	| "schema-differs"
	| "no-server"
	| "file-exists"
	| "file-unusable"
	| "not-empty";

/** A refusal that the operator can act on: the message is the one line that is printed. */
export class BackupError extends Error {
	readonly code: BackupErrorCode;

	constructor(code: BackupErrorCode, line: string, cause?: unknown) {
		super(line, cause === undefined ? undefined : { cause });
		this.name = "BackupError";
		this.code = code;
	}
}
