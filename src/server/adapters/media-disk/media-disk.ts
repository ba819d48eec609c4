import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError } from "../../../shared/app-error.ts";
import type { MediaId, MediaStorage } from "../../media/public.ts";
import { syncFolder } from "../../process/sync-folder.ts";

export interface MediaDiskPlace {
	/** Where content is kept. */
	readonly folder: string;
	/** Where content is while it is written; on the same disk, and not where a backup looks. */
	readonly unfinished: string;
}

/** Content in files of a folder. Two letters of the id name the folder on the way, or one folder would hold everything. */
export const createMediaDisk = ({ folder, unfinished }: MediaDiskPlace): MediaStorage => ({
	write: (id, content) => guarded(() => write(pathOf(folder, id), unfinished, content)),
	read: (id) => guarded(() => read(pathOf(folder, id))),
	remove: (id) => guarded(() => rm(pathOf(folder, id), { force: true })),
	removeUnfinished: (before) => guarded(() => removeUnfinished(unfinished, before)),
});

/** An id is checked here too: it becomes a path. */
const pathOf = (folder: string, id: MediaId): string => {
	if (!/^[0-9a-f]{32}$/.test(id)) throw new Error("this is no id of a file");
	return join(folder, id.slice(0, 2), id);
};

/** Under another name until all of it is on the disk. */
const write = async (path: string, unfinished: string, content: Content): Promise<void> => {
	await mkdir(unfinished, { recursive: true, mode: 0o700 });
	const draft = join(unfinished, randomUUID());
	try {
		await writeDurably(draft, content);
		await mkdir(dirname(path), { recursive: true, mode: 0o700 });
		await rename(draft, path);
	} catch (error) {
		await rm(draft, { force: true });
		throw error;
	}
	for (const folder of [dirname(path), dirname(dirname(path)), dirname(dirname(dirname(path)))]) {
		await syncFolder(folder);
	}
};

type Content = Parameters<MediaStorage["write"]>[1];

const writeDurably = async (path: string, content: Content): Promise<void> => {
	const handle = await open(path, "wx", 0o600);
	try {
		await writeFile(handle, content);
		await handle.sync();
	} finally {
		await handle.close();
	}
};

const read = async (path: string) => {
	const found = await stat(path).catch(unlessMissing);
	return found === undefined ? undefined : { sizeBytes: found.size, content: contentOf(path) };
};

/** Opened when it is read, so that content which nobody reads after all holds nothing open. */
async function* contentOf(path: string): AsyncGenerator<Uint8Array> {
	yield* createReadStream(path);
}

const removeUnfinished = async (unfinished: string, before: number): Promise<void> => {
	for (const name of (await readdir(unfinished).catch(unlessMissing)) ?? []) {
		const path = join(unfinished, name);
		const found = await stat(path).catch(unlessMissing);
		if (found !== undefined && found.mtimeMs < before) await rm(path, { force: true });
	}
};

const unlessMissing = (error: NodeJS.ErrnoException): undefined => {
	if (error.code !== "ENOENT") throw error;
};

const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
	try {
		return await work();
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		if (code === "ENOSPC" || code === "EDQUOT") throw new AppError("storage-full", { cause: error });
		throw error;
	}
};
