import { open, opendir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ArchivedFile, IdentityFiles } from "../../backup/archive/archive-content.ts";
import type { DataFiles } from "../../backup/ports.ts";
import { BackupError } from "../../backup/public.ts";

const mediaFolder = "media";

/** What a backup needs of a data directory. The database in it is read through PostgreSQL instead. */
export const createDataFiles = (dataFolder: string): DataFiles => ({
	readIdentity: async (): Promise<IdentityFiles> => ({
		"server-name": await readIdentityFile(dataFolder, "server-name"),
		"secrets.json": await readIdentityFile(dataFolder, "secrets.json"),
		"signing.key": await readIdentityFile(dataFolder, "signing.key"),
	}),
	media: () => readMedia(join(dataFolder, mediaFolder), []),
});

type MediaFile = DataFiles["media"] extends () => AsyncIterable<infer T> ? T : never;

export const mediaPath = (dataFolder: string, { path }: ArchivedFile): string => join(dataFolder, mediaFolder, ...path);

const readIdentityFile = async (dataFolder: string, name: keyof IdentityFiles): Promise<string> => {
	try {
		return await readFile(join(dataFolder, name), "utf8");
	} catch (cause) {
		throw new BackupError(
			"no-server",
			`${join(dataFolder, name)} cannot be read: name the server's data directory in KITH_DATA_DIR`,
			cause,
		);
	}
};

/** Links are passed over: what they lead to is not the server's. So is what vanishes meanwhile. */
async function* readMedia(root: string, path: readonly string[]): AsyncGenerator<MediaFile> {
	const folder = await opendir(join(root, ...path)).catch(unlessMissing);
	if (folder === undefined) return;
	for await (const entry of folder) {
		const below = [...path, entry.name];
		if (entry.isDirectory()) yield* readMedia(root, below);
		if (!entry.isFile()) continue;
		const handle = await open(join(root, ...below)).catch(unlessMissing);
		if (handle === undefined) continue;
		try {
			yield { file: { path: below }, content: handle.createReadStream({ autoClose: false }) };
		} finally {
			await handle.close();
		}
	}
}

const unlessMissing = (error: NodeJS.ErrnoException): undefined => {
	if (error.code !== "ENOENT") throw error;
};
