import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

const runningDatabase = z.object({ connectionString: z.string().min(1), serverName: z.string().min(1).optional() });

/** What a running server writes down, readable by its own user alone, for operator commands. */
export type RunningDatabase = z.infer<typeof runningDatabase>;

/** Where in the data directory it stands. */
export const runningDatabasePath = (dataFolder: string): string => join(dataFolder, "run", "database.json");

/**
 * The database of the server that runs on this data directory; undefined when none does. A killed server leaves its
 * file behind, so whoever uses it must be ready to be refused.
 */
export const readRunningDatabase = async (dataFolder: string): Promise<RunningDatabase | undefined> => {
	const text = await readFile(runningDatabasePath(dataFolder), "utf8").catch(() => undefined);
	if (text === undefined) {
		return undefined;
	}
	try {
		return runningDatabase.parse(JSON.parse(text));
	} catch {
		return undefined;
	}
};
