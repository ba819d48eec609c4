import { createGzip } from "node:zlib";
import { BackupError } from "../backup-error.ts";
import type { Bytes, DatabaseSnapshot, DataFiles, NewArchive } from "../ports.ts";
import { type ArchivedFile, archivedFile, type Manifest } from "./archive-content.ts";
import type { ArchiveKey } from "./archive-keys.ts";
import { sealChunks } from "./chunks.ts";
import { dataFrames, jsonFrame } from "./frame.ts";
import { passThrough } from "./pass-through.ts";

export interface ArchiveSources {
	readonly manifest: Manifest;
	readonly snapshot: DatabaseSnapshot;
	readonly files: DataFiles;
}

/** Writes the frames of an archive, compressed and sealed, in little memory. */
export const writeArchive = (sources: ArchiveSources, key: ArchiveKey, archive: NewArchive): Promise<void> => {
	const compressed = passThrough(framesOf(sources), createGzip({ level: 3, chunkSize: 64 * 1024 }));
	return archive.write(sealChunks(compressed, key));
};

async function* framesOf({ manifest, snapshot, files }: ArchiveSources): AsyncGenerator<Buffer> {
	yield* jsonFrame("M", manifest);
	for (const table of snapshot.tables) {
		yield* jsonFrame("T", table);
		yield* entryFrames(snapshot.readRows(table));
	}
	const sequences = await snapshot.readSequences();
	let fileCount = 0;
	for await (const { file, content } of files.media()) {
		yield* jsonFrame("F", checkName(file));
		yield* entryFrames(content);
		fileCount += 1;
	}
	yield* jsonFrame("Z", { sequences, tableCount: snapshot.tables.length, fileCount });
}

async function* entryFrames(content: Bytes): AsyncGenerator<Buffer> {
	let sizeBytes = 0;
	for await (const piece of content) {
		yield* dataFrames(piece);
		sizeBytes += piece.length;
	}
	yield* jsonFrame("E", { sizeBytes });
}

/** A name that a restore would refuse stops the backup, while there is still something to rename. */
const checkName = (file: ArchivedFile): ArchivedFile => {
	if (archivedFile.safeParse(file).success) return file;
	throw new BackupError("file-unusable", `media/${file.path.join("/")} has a name that cannot be restored: rename it`);
};
