import { type KeyCost, makeArchiveKey, type RandomBytes } from "./archive/archive-keys.ts";
import { writeArchive } from "./archive/write-archive.ts";
import { BackupError } from "./backup-error.ts";
import type { Clock, DataFiles, NewArchive, SnapshotSource } from "./ports.ts";

export interface BackupParts {
	readonly database: SnapshotSource;
	readonly files: DataFiles;
	readonly archive: NewArchive;
	readonly clock: Clock;
	readonly randomBytes: RandomBytes;
	/** Absent: what is shipped. */
	readonly keyCost?: KeyCost;
}

/** Whoever finds the file may guess for as long as they like. */
const shortestPassphrase = 12;

/**
 * Writes everything that makes this server, as it is at one moment, into an archive that only the passphrase opens. Throws
 * BackupError.
 */
export const createBackup = async (parts: BackupParts, passphrase: string): Promise<void> => {
	if ([...passphrase].length < shortestPassphrase) {
		throw new BackupError(
			"passphrase-too-short",
			`the passphrase must have at least ${shortestPassphrase} characters: whoever finds the backup may guess without end`,
		);
	}
	const identity = await parts.files.readIdentity();
	const key = await makeArchiveKey(passphrase, parts.randomBytes, parts.keyCost);
	await parts.database.withSnapshot(async (snapshot) => {
		const { migrations } = snapshot;
		const manifest = { createdAt: parts.clock.now(), migrations: [...migrations], identity };
		await writeArchive({ manifest, snapshot, files: parts.files }, key, parts.archive);
	});
};
