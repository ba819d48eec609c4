import { parseArgs } from "node:util";
import { type Command, type CommandCall, UsageError } from "./command.ts";
import { commands } from "./commands.ts";

/** What the arguments ask for; `help` when they ask for nothing or for help. Throws UsageError. */
export const readCall = (
	args: readonly string[],
): { kind: "help" } | { kind: "call"; command: Command; call: CommandCall } => {
	if (args.length === 0 || args.some((word) => word === "help" || word === "--help" || word === "-h")) {
		return { kind: "help" };
	}
	const command = commands.find(({ words }) => words.every((word, index) => args[index] === word));
	if (command === undefined) {
		throw new UsageError("there is no such command; npm run kith -- help lists them");
	}
	return { kind: "call", command, call: parseCall(command, args.slice(command.words.length)) };
};

const parseCall = (command: Command, args: readonly string[]): CommandCall => {
	const usage = `usage: npm run kith -- ${[...command.words, command.usage].join(" ").trim()}`;
	let call: CommandCall;
	try {
		const parsed = parseArgs({
			args: [...args],
			options: { ...command.options },
			allowPositionals: true,
			strict: true,
		});
		call = { positionals: parsed.positionals, values: parsed.values as CommandCall["values"] };
	} catch {
		throw new UsageError(usage);
	}
	if (call.positionals.length !== command.positionalCount) {
		throw new UsageError(usage);
	}
	return call;
};

/** The help, a line per command. */
export const helpLines = (): string[] => [
	"Operator commands; they work while the server runs.",
	...commands.map(({ words, usage, summary }) => `  ${[...words, usage].join(" ").trim()}\n      ${summary}`),
];
