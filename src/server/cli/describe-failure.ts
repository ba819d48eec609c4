import { isAppError } from "../../shared/app-error.ts";
import type { AppErrorCode } from "../../shared/wire/error.ts";
import { BackupError } from "../backup/public.ts";
import { StartupError } from "../process/startup-error.ts";
import { UsageError } from "./command.ts";

const sentences: Partial<Record<AppErrorCode, string>> = {
	"username-taken": "the name is taken; names are never used twice",
	"username-invalid":
		"the name must be lower case letters, digits and ._=-/+, begin with a letter or digit, and not be reserved",
	"password-too-weak": "the password must have at least 10 characters and must not be the name",
	"user-unknown": "there is no such account",
	"bad-input": "a value cannot be used as given",
	forbidden: "there is an owner already",
	unavailable: "the database does not answer",
	"storage-full": "the database has no room left",
};

/** One line for the operator, and the exit code. */
export const describeFailure = (error: unknown): { line: string; exitCode: number } => {
	if (error instanceof UsageError) {
		return { line: error.message, exitCode: 2 };
	}
	if (isAppError(error)) {
		return { line: sentences[error.code] ?? error.code, exitCode: 1 };
	}
	if (error instanceof StartupError || error instanceof BackupError) {
		return { line: error.message, exitCode: 1 };
	}
	const reason = error instanceof Error ? error.message : "unknown";
	return { line: `something broke: ${reason.split("\n")[0]}`, exitCode: 1 };
};
