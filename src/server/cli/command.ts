import type { ParseArgsConfig } from "node:util";
import type { Operator } from "../accounts/public.ts";
import type { ArchiveSummary } from "../backup/public.ts";
import type { ServerStatistics } from "./server-statistics.ts";

/** What a command works with: the use cases over the running server's database, and the operator's terminal. */
export interface OperatorContext {
	readonly operator: Operator;
	readonly statistics: () => Promise<ServerStatistics>;
	/** One line of the answer. */
	readonly print: (line: string) => void;
	/** The first line of standard input, without its end. */
	readonly readInputLine: () => Promise<string>;
}

/** How a command was called. */
export interface CommandCall {
	readonly positionals: readonly string[];
	readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

/** What a command that runs without a server's database works with. */
export interface RestoreContext extends PassphraseReader {
	readonly print: (line: string) => void;
	/** Throws BackupError. */
	readonly restore: (file: string, readPassphrase: () => Promise<string>) => Promise<ArchiveSummary>;
}

/** What the backup works with: the database as it is, of whatever version. */
export interface BackupContext extends PassphraseReader {
	readonly print: (line: string) => void;
	/** Throws BackupError. */
	readonly backup: (file: string, passphrase: string) => Promise<void>;
}

/** What a command works with that changes the secrets of a server which does not run. */
export interface SecretsContext {
	readonly print: (line: string) => void;
	readonly rotateSigningKey: () => Promise<{ readonly keyId: string; readonly retiredKeyId: string }>;
}

export interface PassphraseReader {
	/** From KITH_BACKUP_PASSPHRASE, the terminal or standard input; a new one is asked for twice at the terminal. */
	readonly readPassphrase: (purpose: "new" | "known") => Promise<string>;
}

export type Command = OperatorCommand | BackupCommand | RestoreCommand | SecretsCommand;

/** Works on the accounts of a database of this version. */
interface OperatorCommand extends CommandShape {
	readonly needs?: undefined;
	run(context: OperatorContext, call: CommandCall): Promise<void>;
}

interface BackupCommand extends CommandShape {
	readonly needs: "any-database";
	run(context: BackupContext, call: CommandCall): Promise<void>;
}

interface RestoreCommand extends CommandShape {
	readonly needs: "no-database";
	run(context: RestoreContext, call: CommandCall): Promise<void>;
}

interface SecretsCommand extends CommandShape {
	readonly needs: "stopped-server";
	run(context: SecretsContext, call: CommandCall): Promise<void>;
}

interface CommandShape {
	/** `["user", "add"]` for `kith user add`. */
	readonly words: readonly string[];
	/** What stands after the words, for the help. */
	readonly usage: string;
	readonly summary: string;
	/** How many words besides options it takes. */
	readonly positionalCount: number;
	readonly options: Readonly<Record<string, { readonly type: "string" | "boolean" }>> & ParseArgsConfig["options"];
}

/** The command was called in a way it does not have; the message says how it is. */
export class UsageError extends Error {
	override readonly name = "UsageError";
}

/** The text of an option, undefined when it was left out. */
export const textOption = (call: CommandCall, name: string): string | undefined => {
	const value = call.values[name];
	return typeof value === "string" ? value : undefined;
};
