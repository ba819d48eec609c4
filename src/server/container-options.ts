import type { Environment } from "../env.ts";
import type { Log } from "../shared/log.ts";
import type { Database } from "./adapters/prisma/open-database.ts";
import type { Secrets } from "./adapters/secrets/open-secrets.ts";

/** What the container of a process is built from. */
export interface ContainerOptions {
	readonly environment: Environment;
	readonly database: Database;
	/** Where notifications are listened for. */
	readonly connectionString: string;
	readonly secrets: Secrets;
	readonly log: Log;
}
