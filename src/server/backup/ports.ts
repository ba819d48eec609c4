import type {
	ArchivedFile,
	ArchivedMigration,
	ArchivedSequence,
	ArchivedTable,
	IdentityFiles,
	Manifest,
} from "./archive/archive-content.ts";

/** Milliseconds since the Unix epoch. */
export interface Clock {
	now(): number;
}

export type Bytes = AsyncIterable<Uint8Array>;

/** A database as it was at one moment, however long it is read. */
export interface DatabaseSnapshot {
	/** In the order of their names. */
	readonly migrations: readonly ArchivedMigration[];
	/** A table stands behind those that its rows refer to. */
	readonly tables: readonly ArchivedTable[];
	readRows(table: ArchivedTable): Bytes;
	/** Each at least as far as the rows of the snapshot need it. */
	readSequences(): Promise<readonly ArchivedSequence[]>;
}

export interface SnapshotSource {
	/** The snapshot lives as long as `work`; writers are not held up by it. */
	withSnapshot<T>(work: (snapshot: DatabaseSnapshot) => Promise<T>): Promise<T>;
}

/** The data directory of a server, to be read. */
export interface DataFiles {
	/** Throws BackupError `no-server` where one is missing: what is backed up must be able to be this server again. */
	readIdentity(): Promise<IdentityFiles>;
	/** Every file below `media`; each is read, or left, before the next one is asked for. */
	media(): AsyncIterable<{ readonly file: ArchivedFile; readonly content: Bytes }>;
}

/** The file that a backup is written to. */
export interface NewArchive {
	/** Writes everything or nothing, durably. Throws BackupError `file-exists` and `file-unusable`. */
	write(bytes: Bytes): Promise<void>;
}

/** The file that a backup is in. */
export interface StoredArchive {
	/** Throws BackupError `file-unusable`. */
	read(fromByte: number, toByte?: number): Bytes;
}

/** Takes a backup apart: everything of one database and one data directory. */
export interface RestoreSink {
	loadTable(table: ArchivedTable, rows: Bytes): Promise<void>;
	storeMedia(file: ArchivedFile, content: Bytes): Promise<void>;
	setSequences(sequences: readonly ArchivedSequence[]): Promise<void>;
}

/** Where a server is restored to: a database and a data directory that hold nothing. */
export interface RestoreTarget {
	/** Throws BackupError `not-empty`; changes nothing. */
	refuseUnlessEmpty(): Promise<void>;
	/** The migrations that this version of the code has, in the order of their names. */
	readonly knownMigrations: () => Promise<readonly ArchivedMigration[]>;
	/** Fills the target through the sink: everything, or, when `fill` throws, nothing. */
	restore(manifest: Manifest, fill: (sink: RestoreSink) => Promise<void>): Promise<void>;
}
