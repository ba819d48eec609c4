import type { TestProject } from "vitest/node";
import { startTestPostgres } from "./test-postgres.ts";

declare module "vitest" {
	interface ProvidedContext {
		/** Of the migrated database that test databases are copied from. */
		readonly templateConnectionString: string;
		/** The same of a PostgreSQL as it ships. */
		readonly shippedConnectionString: string;
	}
}

/**
 * Each test has databases of its own, which are gone after it: copied with a wait for the disk, they would take half of the time.
 * Whatever looks at what outlives the end of a process has a PostgreSQL of its own, elsewhere.
 */
const fast = { fsync: "off", full_page_writes: "off", max_connections: "100" };

/** Starts a PostgreSQL for all tests of the run, and one for those that refuse any that could lose something. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const [postgres, shipped] = await Promise.all([startTestPostgres(fast), startTestPostgres()]);
	project.provide("templateConnectionString", postgres.connectionString);
	project.provide("shippedConnectionString", shipped.connectionString);
	return async () => {
		await Promise.all([postgres.stop(), shipped.stop()]);
	};
}
