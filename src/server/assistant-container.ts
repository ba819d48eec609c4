import { hkdfSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createOllamaHosts } from "./adapters/ollama/ollama-hosts.ts";
import { createRunRecords } from "./adapters/prisma/assistant/run-records.ts";
import { type Assistant, createAssistant, type DocPassage, passagesOf } from "./assistant/public.ts";
import type { ContainerOptions } from "./container-options.ts";
import { projectRoot } from "./process/project-root.ts";
import type { Rooms } from "./rooms/public.ts";

/** What Kith says about itself, which it is shipped with. */
const documents = ["docs/help.md", "README.md", "docs/backup.md", "SECURITY.md", "FEDERATION.md"];

/** Puts the assistant on its adapters: the part of the container that is its. */
export const buildAssistant = (
	{ database, environment, secrets, log }: ContainerOptions,
	{ rooms }: { readonly rooms: Rooms },
): Assistant => {
	const { assistant, serverName } = environment;
	return createAssistant({
		hosts: assistant === undefined ? undefined : createOllamaHosts({ ...assistant, clock: Date }),
		records: createRunRecords(database.pool),
		policyOf: rooms.assistantPolicy,
		readPassages,
		...{ clock: Date, log, serverName },
		key: new Uint8Array(hkdfSync("sha256", secrets.authSecret, "", "kith assistant", 32)),
	});
};

const readPassages = async (): Promise<readonly DocPassage[]> => {
	const texts = await Promise.all(
		documents.map(async (document) => passagesOf(document, await readFile(join(projectRoot(), document), "utf8"))),
	);
	return texts.flat();
};
