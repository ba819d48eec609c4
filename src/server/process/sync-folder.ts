import { open } from "node:fs/promises";

/** Makes what was added to, renamed in or taken from a folder last through a loss of power. */
export async function syncFolder(folder: string): Promise<void> {
	// Windows does not open folders.
	if (process.platform === "win32") return;
	const handle = await open(folder);
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
