import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../../shared/log.ts";
import { commandLineOf } from "../../process/process-facts.ts";
import { StartupError } from "../../process/startup-error.ts";
import { readPostmasterFile } from "./postmaster-file.ts";

const fastDeadlineMs = 15_000;
const immediateDeadlineMs = 10_000;

/**
 * Stops the PostgreSQL that a killed Kith left running on this cluster. Call it only under the lock of the data directory:
 * whatever runs here then belongs to nobody.
 */
export async function stopOrphan(folder: string, log: Log): Promise<void> {
	const file = await readPostmasterFile(folder);
	if (file === undefined) return;
	if (!(await isPostmasterOf(file.pid, folder))) {
		// The id may be another program's by now, which PostgreSQL would take for one of its own and refuse to start.
		await rm(join(folder, "postmaster.pid"), { force: true });
		return;
	}
	log.warn({ postgresPid: file.pid }, "stopping the PostgreSQL that a killed Kith left behind");
	// SIGINT: roll back what runs and write everything out. SIGQUIT: leave at once, the log is replayed at the next start.
	for (const [signal, deadlineMs] of [
		["SIGINT", fastDeadlineMs],
		["SIGQUIT", immediateDeadlineMs],
	] as const) {
		send(file.pid, signal);
		const deadline = performance.now() + deadlineMs;
		while (performance.now() < deadline) {
			if (!(await isPostmasterOf(file.pid, folder))) return;
			await delay(20);
		}
	}
	throw new StartupError(
		"locked",
		`a PostgreSQL of an earlier Kith does not stop: end process ${file.pid} and start again`,
	);
}

async function isPostmasterOf(pid: number, folder: string): Promise<boolean> {
	return (await commandLineOf(pid))?.includes(` -D ${folder} `) ?? false;
}

function send(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
	}
}
