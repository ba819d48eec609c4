import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What a running PostgreSQL says of itself in its cluster. */
export interface PostmasterFile {
	readonly pid: number;
	readonly isReady: boolean;
}

export async function readPostmasterFile(folder: string): Promise<PostmasterFile | undefined> {
	const text = await readFile(join(folder, "postmaster.pid"), "utf8").catch(() => undefined);
	const lines = text?.split("\n") ?? [];
	const pid = Number(lines[0]);
	if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
	return { pid, isReady: lines[7]?.trim() === "ready" };
}
