import { randomUUID } from "node:crypto";
import { chmod, link, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * The text of a file that only its owner may read; where there is none, `make` gives its text. What was made is on the
 * disk, whole, when this returns, and nothing that is there is ever overwritten.
 */
export async function readOrMake(file: string, make: () => string): Promise<string> {
	const found = await readPrivate(file);
	if (found !== undefined) return found;
	const draft = `${file}.${randomUUID()}`;
	try {
		await writeWhole(draft, make());
		await link(draft, file);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
	} finally {
		await rm(draft, { force: true });
	}
	await syncFolder(dirname(file));
	return readFile(file, "utf8");
}

/** Puts a text in the place of the file's, at once: whoever reads sees the one or the other. */
export async function replaceFile(file: string, text: string): Promise<void> {
	const draft = `${file}.${randomUUID()}`;
	try {
		await writeWhole(draft, text);
		await rename(draft, file);
	} finally {
		await rm(draft, { force: true });
	}
	await syncFolder(dirname(file));
}

async function writeWhole(draft: string, text: string): Promise<void> {
	const handle = await open(draft, "wx", 0o600);
	try {
		await handle.writeFile(text);
		await handle.sync();
	} finally {
		await handle.close();
	}
}

async function readPrivate(file: string): Promise<string | undefined> {
	try {
		const text = await readFile(file, "utf8");
		if (((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600);
		return text;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
		throw error;
	}
}

async function syncFolder(folder: string): Promise<void> {
	// Windows does not open folders.
	if (process.platform === "win32") return;
	const handle = await open(folder);
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
