import type { ArchivedMigration } from "./archive/archive-content.ts";
import { BackupError } from "./backup-error.ts";

/**
 * A backup can be restored by the version that made it and by every later one. Its migrations must be the first of those
 * that are known here, because the missing ones are applied on top.
 */
export const refuseUnknownMigrations = (
	archived: readonly ArchivedMigration[],
	known: readonly ArchivedMigration[],
): void => {
	const checksums = new Map(known.map(({ name, checksum }) => [name, checksum]));
	const unknown = archived.find(({ name }) => !checksums.has(name));
	if (unknown !== undefined) {
		throw new BackupError(
			"schema-newer",
			`the backup was made by a newer Kith (${unknown.name}): restore it with that version; nothing was restored`,
		);
	}
	const different = archived.find(({ name, checksum }, index) => {
		return checksums.get(name) !== checksum || known[index]?.name !== name;
	});
	if (different !== undefined) {
		throw new BackupError(
			"schema-differs",
			`the backup was made with another ${different.name} than this Kith has: nothing was restored`,
		);
	}
};
