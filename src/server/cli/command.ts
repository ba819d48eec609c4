import type { ParseArgsConfig } from "node:util";
import type { Accounts } from "../accounts/public.ts";
import type { ServerStatistics } from "./server-statistics.ts";

/** What a command works with: the use cases over the running server's database, and the operator's terminal. */
export interface OperatorContext {
	readonly operator: Accounts["operator"];
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

export interface Command {
	/** `["user", "add"]` for `kith user add`. */
	readonly words: readonly string[];
	/** What stands after the words, for the help. */
	readonly usage: string;
	readonly summary: string;
	/** How many words besides options it takes. */
	readonly positionalCount: number;
	readonly options: Readonly<Record<string, { readonly type: "string" | "boolean" }>> & ParseArgsConfig["options"];
	run(context: OperatorContext, call: CommandCall): Promise<void>;
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
