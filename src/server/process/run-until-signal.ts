import type { Log } from "../../shared/log.ts";
import { StartupError } from "./startup-error.ts";
import { Teardown } from "./teardown.ts";

/** A terminal and npm may each pass the same Ctrl-C on: a second one counts as a wish only after this long. */
const sameSignalMs = 1_000;
const longestStopMs = 45_000;

/**
 * Starts, runs until a signal or a defect ends it, undoes everything in order, and exits: 0 after a signal and a clean end,
 * 1 otherwise. A second signal ends the process at once; the next start repairs what that leaves.
 */
export async function runUntilSignal(log: Log, start: (teardown: Teardown) => Promise<void>): Promise<void> {
	const teardown = new Teardown(log);
	let stoppingSince: number | undefined;
	let starting: Promise<unknown> = Promise.resolve();

	async function stop(code: number): Promise<void> {
		stoppingSince = performance.now();
		setTimeout(() => process.exit(1), longestStopMs).unref();
		await starting;
		const isClean = await teardown.run();
		process.exit(isClean ? code : 1);
	}

	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
		process.on(signal, () => {
			if (stoppingSince !== undefined) {
				if (performance.now() - stoppingSince > sameSignalMs) process.exit(1);
				return;
			}
			log.info({ signal }, "stopping");
			void stop(0);
		});
	}
	process.on("uncaughtException", (err) => {
		log.error({ err }, "a defect: nothing was waiting for this error");
		if (stoppingSince === undefined) void stop(1);
	});

	const started = start(teardown);
	starting = started.catch(() => undefined);
	try {
		await started;
	} catch (error) {
		const line = lineFor(error);
		if (line === undefined) log.error({ err: error }, "the start failed");
		else process.stderr.write(`${line}\n`);
		if (stoppingSince === undefined) await stop(1);
	}
}

/** What an operator can act on: a refusal of ours, or a file that the machine does not let us have. */
function lineFor(error: unknown): string | undefined {
	if (error instanceof StartupError) return error.message;
	const { code, path } = error as NodeJS.ErrnoException;
	if (code === undefined || path === undefined) return undefined;
	return code === "ENOSPC" ? `the disk is full: ${path} cannot be written` : `${path} cannot be used (${code})`;
}
