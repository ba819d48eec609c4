import { accountDatabase } from "../../storage/current-account.ts";

/** Those of this page, whether or not the browser keeps them too. */
const held = new Map<string, Blob>();

/** Keeps an encrypted file until it has gone out. False: over a reload it is lost, for this browser has no room. */
export async function keepOutgoingFile(fileId: string, ciphertext: ArrayBuffer): Promise<boolean> {
	held.set(fileId, new Blob([ciphertext]));
	try {
		const db = await accountDatabase();
		await db?.put("outgoingFiles", { fileId, ciphertext, keptAt: Date.now() });
		return db !== undefined;
	} catch {
		return false;
	}
}

/** undefined: it was only ever in a page that is gone. */
export async function readOutgoingFile(fileId: string): Promise<Blob | undefined> {
	const known = held.get(fileId);
	if (known !== undefined) return known;
	const kept = await (await accountDatabase())?.get("outgoingFiles", fileId);
	if (kept === undefined) return undefined;
	const ciphertext = new Blob([kept.ciphertext]);
	held.set(fileId, ciphertext);
	return ciphertext;
}

export async function forgetOutgoingFile(fileId: string): Promise<void> {
	held.delete(fileId);
	await (await accountDatabase())?.delete("outgoingFiles", fileId).catch(() => undefined);
}

/** Whoever keeps a file puts it into the outbox right after: what is not there after so long never will be. */
const strayMs = 24 * 60 * 60 * 1000;

/** Forgets what pages that were cut off left behind. */
export async function forgetStrayFiles(isWanted: (fileId: string) => boolean): Promise<void> {
	const db = await accountDatabase();
	for (const fileId of (await db?.getAllKeys("outgoingFiles")) ?? []) {
		if (isWanted(fileId)) continue;
		const kept = await db?.get("outgoingFiles", fileId);
		if (kept !== undefined && kept.keptAt < Date.now() - strayMs) await db?.delete("outgoingFiles", fileId);
	}
}
