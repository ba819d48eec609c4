import { type FileHandle, link, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Bytes, NewArchive } from "../../backup/ports.ts";
import { BackupError } from "../../backup/public.ts";
import { syncFolder } from "../../process/sync-folder.ts";

/**
 * The backup appears under its name when all of it is on the disk; until then it is `FILE.partial`. Nothing that is there
 * is ever overwritten.
 */
export const createNewArchiveFile = (file: string): NewArchive => ({
	write: async (bytes) => {
		if (await exists(file)) throw alreadyThere(file);
		const partial = `${file}.partial`;
		const handle = await open(partial, "wx", 0o600).catch((cause: NodeJS.ErrnoException) => {
			throw cause.code === "EEXIST" ? stillThere(partial) : unusable(file, cause);
		});
		try {
			await writeAll(file, handle, bytes).finally(() => handle.close());
			await publish(partial, file);
		} finally {
			await rm(partial, { force: true });
		}
		await syncFolder(dirname(file));
	},
});

const writeAll = async (file: string, handle: FileHandle, bytes: Bytes): Promise<void> => {
	for await (const piece of bytes) {
		await writePiece(handle, piece).catch((cause) => {
			throw unusable(file, cause);
		});
	}
	await handle.sync().catch((cause) => {
		throw unusable(file, cause);
	});
};

/** A disk that fills up takes a part. */
const writePiece = async (handle: FileHandle, piece: Uint8Array): Promise<void> => {
	for (let at = 0; at < piece.length; ) {
		at += (await handle.write(piece, at, piece.length - at)).bytesWritten;
	}
};

/** Gives the file its name; where the file system knows no second names (FAT), a moment after looking for another. */
const publish = async (partial: string, file: string): Promise<void> => {
	try {
		await link(partial, file);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "EEXIST" || (await exists(file))) throw alreadyThere(file);
		await rename(partial, file);
	}
};

const exists = (file: string): Promise<boolean> =>
	stat(file).then(
		() => true,
		() => false,
	);

const alreadyThere = (file: string): BackupError =>
	new BackupError("file-exists", `${file} is there already and is not overwritten: choose another name`);

const stillThere = (partial: string): BackupError =>
	new BackupError(
		"file-exists",
		`${partial} is there: a backup is being written, or one was cut short; remove it then`,
	);

const reasons: Readonly<Record<string, string>> = { ENOSPC: "the disk is full", ENOENT: "there is no such folder" };

const unusable = (file: string, cause: unknown): BackupError => {
	const code = String((cause as NodeJS.ErrnoException).code);
	const reason = reasons[code] ?? code;
	return new BackupError("file-unusable", `${file} cannot be written: ${reason}`, cause);
};
