import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { writeRunFile } from "./run-file.ts";

/** When the last backup was finished, and how large it is: not where it lies, which nobody needs to learn from here. */
const lastBackup = z.object({ finishedAt: z.int(), sizeBytes: z.int() });

export type LastBackup = z.infer<typeof lastBackup>;

const fileIn = (dataFolder: string): string => join(dataFolder, "last-backup.json");

/** Notes in the data directory that a backup is whole. */
export async function noteBackup(dataFolder: string, file: string): Promise<void> {
	const { size } = await stat(file);
	await writeRunFile(fileIn(dataFolder), { finishedAt: Date.now(), sizeBytes: size } satisfies LastBackup);
}

/** Undefined: none was made from this data directory, or nobody can say. */
export async function readLastBackup(dataFolder: string): Promise<LastBackup | undefined> {
	const text = await readFile(fileIn(dataFolder), "utf8").catch(() => "");
	try {
		return lastBackup.safeParse(JSON.parse(text)).data;
	} catch {
		return undefined;
	}
}
