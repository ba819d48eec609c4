import { open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { StartupError } from "./startup-error.ts";
import { syncFolder } from "./sync-folder.ts";

/** Stands in a data directory from the first to the last moment of a restore into it. */
export const restoreMark = "restore.unfinished";

const markOf = (dataFolder: string): string => join(dataFolder, restoreMark);

/** A half restored server must not run: it would make the keys that are missing, and be another one. */
export async function refuseUnfinishedRestore(dataFolder: string): Promise<void> {
	const isMarked = await stat(markOf(dataFolder)).then(
		() => true,
		() => false,
	);
	if (!isMarked) return;
	throw new StartupError(
		"data-folder",
		`${dataFolder} was left by a restore that did not finish: empty it and restore again`,
	);
}

export async function markUnfinishedRestore(dataFolder: string): Promise<void> {
	const handle = await open(markOf(dataFolder), "wx", 0o600);
	await handle.sync();
	await handle.close();
	await syncFolder(dataFolder);
}

export async function unmarkFinishedRestore(dataFolder: string): Promise<void> {
	await syncFolder(dataFolder);
	await rm(markOf(dataFolder));
	await syncFolder(dataFolder);
}
