import type { TestProject } from "vitest/node";
import { startTestPostgres } from "./test-postgres.ts";

declare module "vitest" {
	interface ProvidedContext {
		/** Of the migrated database that test databases are copied from. */
		readonly templateConnectionString: string;
	}
}

/** Starts one PostgreSQL for all tests of the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const postgres = await startTestPostgres();
	project.provide("templateConnectionString", postgres.connectionString);
	return postgres.stop;
}
