import { mkdir, open, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ArchivedFile, IdentityFiles } from "../../backup/archive/archive-content.ts";
import type { Bytes } from "../../backup/ports.ts";
import { BackupError } from "../../backup/public.ts";
import { syncFolder } from "../../process/sync-folder.ts";
import { restoreMark } from "../../process/unfinished-restore.ts";
import { mediaPath } from "./data-files.ts";

/** Locks stay behind wherever a server or a command has run; they hold nothing. */
const isLock = (name: string): boolean => /^\.?lock\./.test(name);

export const refuseUsedFolder = async (dataFolder: string): Promise<void> => {
	const names = await readdir(dataFolder).catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT") return [];
		throw new BackupError("not-empty", `${dataFolder} cannot be read: ${error.code}; nothing was restored`, error);
	});
	if (names.every(isLock)) return;
	throw new BackupError(
		"not-empty",
		`${dataFolder} is not empty: name a new folder in KITH_DATA_DIR; nothing was restored`,
	);
};

/** Takes back what a restore that failed has put into a folder that was empty before; its mark last. */
export const emptyFolder = async (dataFolder: string): Promise<void> => {
	const names = (await readdir(dataFolder)).filter((name) => !isLock(name) && name !== restoreMark);
	for (const name of [...names, restoreMark]) await rm(join(dataFolder, name), { recursive: true, force: true });
};

export const storeIdentity = async (dataFolder: string, identity: IdentityFiles): Promise<void> => {
	for (const [name, text] of Object.entries(identity)) await storeFile(join(dataFolder, name), inOnePiece(text));
	await syncFolder(dataFolder);
};

export const storeMediaFile = async (dataFolder: string, file: ArchivedFile, content: Bytes): Promise<void> => {
	const at = mediaPath(dataFolder, file);
	await mkdir(dirname(at), { recursive: true, mode: 0o700 });
	await storeFile(at, content);
	await syncFolder(dirname(at));
};

const storeFile = async (at: string, content: Bytes): Promise<void> => {
	const handle = await open(at, "wx", 0o600);
	try {
		await writeFile(handle, content);
		await handle.sync();
	} finally {
		await handle.close();
	}
};

async function* inOnePiece(text: string): AsyncGenerator<Uint8Array> {
	yield Buffer.from(text, "utf8");
}
