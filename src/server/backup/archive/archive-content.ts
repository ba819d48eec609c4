import * as z from "zod";

const identifier = z.string().min(1).max(63);

/** One table's rows, in PostgreSQL's text format of COPY. */
export const archivedTable = z.strictObject({ name: identifier, columns: z.array(identifier).min(1).max(1600) });
export type ArchivedTable = z.infer<typeof archivedTable>;

const segment = z
	.string()
	.max(255)
	.regex(/^[^/\\\0]+$/)
	.refine((name) => name !== "." && name !== "..");

/** A file below the data directory's `media`: the folders on the way and the name, none of which leads elsewhere. */
export const archivedFile = z.strictObject({ path: z.array(segment).min(1).max(32) });
export type ArchivedFile = z.infer<typeof archivedFile>;

/** A change of the tables that had been made when the backup was. */
export const archivedMigration = z.strictObject({ name: z.string().min(1).max(255), checksum: z.string().max(64) });
export type ArchivedMigration = z.infer<typeof archivedMigration>;

/** The small files that make a data directory this server's and no other's: its name, its keys. */
export const identityFiles = z.strictObject({
	"server-name": z.string().min(1).max(1024),
	"secrets.json": z.string().min(1).max(65_536),
	"signing.key": z.string().min(1).max(65_536),
});
export type IdentityFiles = z.infer<typeof identityFiles>;

export const manifest = z.strictObject({
	/** Milliseconds since the Unix epoch. */
	createdAt: z.int(),
	/** In the order of their names. */
	migrations: z.array(archivedMigration).min(1).max(5_000),
	identity: identityFiles,
});
export type Manifest = z.infer<typeof manifest>;

/** How much of a table or a file there is, so that a missing piece is noticed. */
export const entryEnd = z.strictObject({ sizeBytes: z.int().min(0) });

/** Where a counter of the database stands; decimal, because it may be beyond what a JSON number holds. */
export const archivedSequence = z.strictObject({
	name: identifier,
	value: z.string().regex(/^-?\d{1,19}$/),
	isCalled: z.boolean(),
});
export type ArchivedSequence = z.infer<typeof archivedSequence>;

export const archiveEnd = z.strictObject({
	sequences: z.array(archivedSequence).max(5_000),
	tableCount: z.int(),
	fileCount: z.int(),
});
