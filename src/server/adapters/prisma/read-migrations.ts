import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export interface Migration {
	readonly name: string;
	readonly sql: string;
	/** SHA-256 of the text, in hex: as the Prisma tools write it. */
	readonly checksum: string;
}

/** The migrations of this version of the code, in the order of their names. */
export async function readMigrations(folder: string): Promise<Migration[]> {
	const entries = await readdir(folder, { withFileTypes: true });
	const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
	return Promise.all(
		names.sort().map(async (name) => {
			const bytes = await readFile(join(folder, name, "migration.sql"));
			return { name, sql: bytes.toString("utf8"), checksum: createHash("sha256").update(bytes).digest("hex") };
		}),
	);
}
