import { type ChildProcess, spawn } from "node:child_process";

export interface CommandResult {
	/** The exit status; 1 where the command could not be started or was ended by a signal. */
	readonly code: number;
	readonly stdout: string;
	/** Standard output and standard error in the order in which they came. */
	readonly output: string;
	readonly durationMs: number;
}

/** Variables on top of our own; `undefined` takes one away. */
export type CommandEnvironment = Readonly<Record<string, string | undefined>>;

export interface CommandOptions {
	readonly cwd: string;
	readonly env?: CommandEnvironment;
	/** Ends the command when it takes longer. */
	readonly timeoutMs?: number;
	/** Sees each piece of output as it comes. */
	readonly onOutput?: (piece: string) => void;
}

/** Runs a command to its end and keeps what it wrote. It never throws: a command that can't start has failed. */
export async function runCommand(
	command: string,
	args: readonly string[],
	options: CommandOptions,
): Promise<CommandResult> {
	const startedAt = performance.now();
	const env = { ...process.env, ...options.env };
	const child = spawn(command, args, { cwd: options.cwd, env, stdio: ["ignore", "pipe", "pipe"] });
	const stop = options.timeoutMs === undefined ? undefined : stopAfter(child, options.timeoutMs);
	let stdout = "";
	let output = "";
	const keep = (piece: string): void => {
		output += piece;
		options.onOutput?.(piece);
	};
	child.stdout.setEncoding("utf8").on("data", (piece: string) => {
		stdout += piece;
		keep(piece);
	});
	child.stderr.setEncoding("utf8").on("data", keep);
	const code = await new Promise<number>((resolve) => {
		child.on("error", (error) => {
			keep(`${command}: ${error.message}\n`);
			resolve(1);
		});
		child.on("close", (status) => resolve(status ?? 1));
	});
	stop?.[Symbol.dispose]();
	return { code, stdout, output, durationMs: performance.now() - startedAt };
}

const graceMs = 10_000;

/** Asks a process to end when its time is over, and ends it when it does not listen. */
function stopAfter(child: ChildProcess, timeoutMs: number): Disposable {
	const timers = [
		setTimeout(() => child.kill("SIGTERM"), timeoutMs),
		setTimeout(() => child.kill("SIGKILL"), timeoutMs + graceMs),
	];
	return { [Symbol.dispose]: () => timers.forEach(clearTimeout) };
}
