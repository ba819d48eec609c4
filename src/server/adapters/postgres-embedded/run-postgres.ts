import { type ChildProcess, spawn } from "node:child_process";
import { open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { StartupError } from "../../process/startup-error.ts";
import type { Identity } from "./identity.ts";
import type { Binaries } from "./locate-binaries.ts";
import { readPostmasterFile } from "./postmaster-file.ts";
import { programEnvironment, runAs } from "./run-as.ts";
import { settingArguments, shippedSettings } from "./shipped-settings.ts";

export interface RunOptions {
	readonly folder: string;
	readonly binaries: Binaries;
	readonly identity: Identity | undefined;
	readonly port: number;
	readonly logFile: string;
	/** In the place of those that ship. */
	readonly settings: Readonly<Record<string, string>>;
}

/** One life of the PostgreSQL process. */
export interface RunningPostgres {
	readonly pid: number;
	/** Settles, with words for the log, when the process has ended for whatever reason. */
	readonly exited: Promise<string>;
	/** Rolls back what runs, writes everything out and ends. */
	stop(): Promise<void>;
}

export type RunOutcome =
	| { readonly kind: "running"; readonly postgres: RunningPostgres }
	| { readonly kind: "port-taken" }
	/** Backends of a killed PostgreSQL have not noticed yet that it is gone. */
	| { readonly kind: "remains" }
	| { readonly kind: "failed"; readonly error: StartupError };

const stopDeadlineMs = 20_000;

/** Starts PostgreSQL on an existing cluster and waits until it takes connections or has ended. */
export async function runPostgres(options: RunOptions): Promise<RunOutcome> {
	const settings = { ...shippedSettings, ...options.settings, port: String(options.port) };
	const args = ["-D", options.folder, ...settingArguments(settings)];
	const command = runAs(options.binaries.postgres, args, { identity: options.identity, paths: [options.folder] });
	const log = await open(options.logFile, "a", 0o600);
	const logStart = (await stat(options.logFile)).size;
	const child = spawn(command.file, command.args, {
		...command.options,
		cwd: dirname(options.binaries.postgres),
		env: programEnvironment,
		stdio: ["ignore", log.fd, log.fd],
		// A group of its own: Ctrl-C reaches Kith alone, which stops PostgreSQL last.
		detached: true,
	});
	const exited = exitOf(child);
	await log.close();
	let hasExited = false;
	void exited.then(() => {
		hasExited = true;
	});
	while (!hasExited) {
		const file = await readPostmasterFile(options.folder);
		if (file !== undefined && file.pid === child.pid && file.isReady) {
			return { kind: "running", postgres: { pid: file.pid, exited, stop: () => stop(child, exited) } };
		}
		await Promise.race([delay(15), exited]);
	}
	return explain(options, await readFrom(options.logFile, logStart), await exited);
}

function exitOf(child: ChildProcess): Promise<string> {
	return new Promise((resolve) => {
		child.once("error", (error) => resolve(error.message));
		child.once("exit", (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
	});
}

async function stop(child: ChildProcess, exited: Promise<string>): Promise<void> {
	child.kill("SIGINT");
	const timeout = new AbortController();
	const patience = delay(stopDeadlineMs, undefined, { signal: timeout.signal, ref: false }).then(
		() => child.kill("SIGQUIT"),
		() => undefined,
	);
	await Promise.race([exited, patience]);
	timeout.abort();
	await exited;
}

async function readFrom(file: string, start: number): Promise<string> {
	const handle = await open(file);
	try {
		const { size } = await handle.stat();
		const buffer = Buffer.alloc(Math.min(size - start, 64 * 1024));
		await handle.read(buffer, 0, buffer.length, start);
		return buffer.toString("utf8");
	} finally {
		await handle.close();
	}
}

function explain(options: RunOptions, output: string, exit: string): RunOutcome {
	if (/could not bind|Address already in use/.test(output)) return { kind: "port-taken" };
	if (/pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(output))
		return { kind: "remains" };
	const reason = /(?:PANIC|FATAL|ERROR|LOG|postgres):\s+(.*)/;
	const lines = output.split("\n");
	const line = lines.find((text) => /PANIC|FATAL/.test(text)) ?? lines.find((text) => reason.test(text)) ?? exit;
	const words = reason.exec(line)?.[1] ?? line;
	if (/No space left on device/.test(output)) {
		return failed("data-folder", `the disk is full: PostgreSQL cannot start on ${options.folder}`);
	}
	if (/incompatible with server/.test(output)) {
		return failed("database-differs", `${options.folder} was made by another PostgreSQL than this Kith brings`);
	}
	return failed(
		"database-corrupt",
		`PostgreSQL cannot start on ${options.folder} (${words}); more is in ${options.logFile}: restore the data directory from a backup, or move it away to begin anew`,
	);
}

function failed(code: ConstructorParameters<typeof StartupError>[0], line: string): RunOutcome {
	return { kind: "failed", error: new StartupError(code, line) };
}
