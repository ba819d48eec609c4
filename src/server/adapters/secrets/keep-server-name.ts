import { join } from "node:path";
import type { Environment } from "../../../env.ts";
import { StartupError } from "../../process/startup-error.ts";
import { readOrMake } from "./durable-file.ts";

/**
 * The name of this server: chosen at the first start, and the same ever after, because it stands in every signed event.
 * A data directory keeps its name when only the address changes; another name is refused.
 */
export async function keepServerName(environment: Environment): Promise<string> {
	const { dataFolder, serverName, isServerNameChosen } = environment;
	const file = join(dataFolder, "server-name");
	const kept = (await readOrMake(file, () => `${serverName}\n`)).trim();
	if (isServerNameChosen && kept !== serverName) {
		throw new StartupError(
			"configuration",
			`KITH_SERVER_NAME: must be ${kept}, the name that ${dataFolder} was made for, got "${serverName}" — example: KITH_SERVER_NAME=${kept}`,
		);
	}
	return kept;
}
