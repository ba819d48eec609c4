import { access, constants, mkdir, realpath } from "node:fs/promises";
import { StartupError } from "./startup-error.ts";
import { refuseUnfinishedRestore } from "./unfinished-restore.ts";

/**
 * The data directory, made if it is missing, as an absolute path without links. What is secret in it closes itself; a
 * server that root runs lets its PostgreSQL, another user, pass through.
 */
export async function openDataFolder(folder: string): Promise<string> {
	const path = await makeFolder(folder);
	await refuseUnfinishedRestore(path);
	return path;
}

async function makeFolder(folder: string): Promise<string> {
	try {
		await mkdir(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
		const path = await realpath(folder);
		await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
		return path;
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		const reason = code === "EEXIST" || code === "ENOTDIR" ? "it is no folder" : `it cannot be written to (${code})`;
		throw new StartupError(
			"data-folder",
			`KITH_DATA_DIR: ${folder}: ${reason} — example: KITH_DATA_DIR=/var/lib/kith`,
			error,
		);
	}
}
