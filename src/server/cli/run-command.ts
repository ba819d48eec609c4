import type {
	BackupContext,
	Command,
	CommandCall,
	OperatorContext,
	RestoreContext,
	SecretsContext,
} from "./command.ts";
import { describeFailure } from "./describe-failure.ts";
import { helpLines, readCall } from "./read-call.ts";

export interface CommandTerminal {
	readonly print: (line: string) => void;
	readonly printError: (line: string) => void;
}

/** Opens what a command needs, for as long as it needs it. */
export interface CommandGround {
	readonly withOperator: (work: (context: OperatorContext) => Promise<void>) => Promise<void>;
	readonly withAnyDatabase: (work: (context: BackupContext) => Promise<void>) => Promise<void>;
	readonly withStoppedServer: (work: (context: SecretsContext) => Promise<void>) => Promise<void>;
	readonly withoutDatabase: (work: (context: RestoreContext) => Promise<void>) => Promise<void>;
}

/**
 * Runs what the arguments ask for and answers the exit code. The database is opened only for a command that is called
 * as it should be.
 */
export const runCommand = async (
	args: readonly string[],
	terminal: CommandTerminal,
	ground: CommandGround,
): Promise<number> => {
	try {
		const asked = readCall(args);
		if (asked.kind === "help") {
			helpLines().forEach(terminal.print);
			return 0;
		}
		await runOn(ground, asked.command, asked.call);
		return 0;
	} catch (error) {
		const { line, exitCode } = describeFailure(error);
		terminal.printError(line);
		return exitCode;
	}
};

const runOn = (ground: CommandGround, command: Command, call: CommandCall): Promise<void> => {
	switch (command.needs) {
		case "any-database":
			return ground.withAnyDatabase((context) => command.run(context, call));
		case "stopped-server":
			return ground.withStoppedServer((context) => command.run(context, call));
		case "no-database":
			return ground.withoutDatabase((context) => command.run(context, call));
		default:
			return ground.withOperator((context) => command.run(context, call));
	}
};
