import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes down, for this user's eyes alone, what operator commands need while the server runs. */
export async function writeRunFile(file: string, content: unknown): Promise<void> {
	await mkdir(dirname(file), { recursive: true, mode: 0o700 });
	await writeFile(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
	await rename(`${file}.new`, file);
}

export async function removeRunFile(file: string): Promise<void> {
	await rm(file, { force: true });
}
