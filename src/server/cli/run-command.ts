import type { OperatorContext } from "./command.ts";
import { describeFailure } from "./describe-failure.ts";
import { helpLines, readCall } from "./read-call.ts";

export interface CommandTerminal {
	readonly print: (line: string) => void;
	readonly printError: (line: string) => void;
}

/**
 * Runs what the arguments ask for and answers the exit code. The database is opened only for a command that is called
 * as it should be.
 */
export const runCommand = async (
	args: readonly string[],
	terminal: CommandTerminal,
	withOperator: (work: (context: OperatorContext) => Promise<void>) => Promise<void>,
): Promise<number> => {
	try {
		const asked = readCall(args);
		if (asked.kind === "help") {
			helpLines().forEach(terminal.print);
			return 0;
		}
		await withOperator((context) => asked.command.run(context, asked.call));
		return 0;
	} catch (error) {
		const { line, exitCode } = describeFailure(error);
		terminal.printError(line);
		return exitCode;
	}
};
