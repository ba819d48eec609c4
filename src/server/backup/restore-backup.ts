import { headerSizeBytes, openArchiveKey } from "./archive/archive-keys.ts";
import { type ArchiveSummary, readArchive } from "./archive/read-archive.ts";
import type { Bytes, RestoreSink, RestoreTarget, StoredArchive } from "./ports.ts";
import { refuseUnknownMigrations } from "./refuse-unknown-migrations.ts";

export interface RestoreParts {
	readonly archive: StoredArchive;
	readonly target: RestoreTarget;
	/** Called when the target is known to be empty. */
	readonly readPassphrase: () => Promise<string>;
}

/**
 * Makes the server of a backup anew in an empty place. The archive is read twice: before anything is changed the first
 * reading shows that it is whole, true and of a version that is known here. Throws BackupError.
 */
export const restoreBackup = async ({ archive, target, readPassphrase }: RestoreParts): Promise<ArchiveSummary> => {
	await target.refuseUnlessEmpty();
	const header = await readHeader(archive);
	const key = await openArchiveKey(await readPassphrase(), header);
	const read = (sink: RestoreSink): Promise<ArchiveSummary> => readArchive(archive.read(headerSizeBytes), key, sink);
	const summary = await read(nowhere);
	const { manifest } = summary;
	refuseUnknownMigrations(manifest.migrations, await target.knownMigrations());
	await target.restore(manifest, async (sink) => void (await read(sink)));
	return summary;
};

const readHeader = async (archive: StoredArchive): Promise<Buffer> => {
	const pieces: Uint8Array[] = [];
	for await (const piece of archive.read(0, headerSizeBytes)) pieces.push(piece);
	return Buffer.concat(pieces);
};

const readThrough = async (content: Bytes): Promise<void> => {
	for await (const _ of content);
};

const nowhere: RestoreSink = {
	loadTable: (_, rows) => readThrough(rows),
	storeMedia: (_, content) => readThrough(content),
	setSequences: async () => undefined,
};
