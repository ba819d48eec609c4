import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createOllamaHosts } from "./adapters/ollama/ollama-hosts.ts";
import { createBotStore } from "./adapters/prisma/assistant/bot-store.ts";
import { createRunRecords } from "./adapters/prisma/assistant/run-records.ts";
import { assistantLock, createPostgresLeadership } from "./adapters/prisma/federation/postgres-leadership.ts";
import {
	type Assistant,
	type Bot,
	createAssistant,
	createBot,
	createWork,
	type DocPassage,
	keyFor,
	passagesOf,
} from "./assistant/public.ts";
import type { ContainerOptions } from "./container-options.ts";
import "../shared/text/en/assistant-bot.ts";
import { text } from "../shared/text/text.ts";
import { botEngineFile } from "./process/bot-engine-file.ts";
import { projectRoot } from "./process/project-root.ts";
import type { Rooms } from "./rooms/public.ts";
import type { Container } from "./running-container.ts";
import { callAsDevice } from "./trpc/call-as-device.ts";

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
		key: keyFor(secrets.authSecret, "kith assistant"),
	});
};

/** Puts the assistant as a member of rooms on its adapters. It stands on the areas as people's clients do. */
export const buildBot = ({ database, environment, secrets, log }: ContainerOptions, host: () => Container): Bot => {
	const store = createBotStore(database.pool);
	return createBot({
		store,
		areas: host,
		leadership: createPostgresLeadership({ pool: database.pool, log, lock: assistantLock }),
		isPossible: environment.assistant !== undefined,
		displayName: text("bot.name"),
		engineFile: botEngineFile(),
		keys: {
			store: keyFor(secrets.authSecret, "kith assistant store"),
			identity: keyFor(secrets.authSecret, "kith assistant identity"),
		},
		beginWork: (life) => createWork({ ...life, store, areas: host(), assistant: host().assistant, clock: Date, log }),
		ask: (viewer, address, body) => callAsDevice(host(), { viewer, address, body }),
		log,
	});
};

const readPassages = async (): Promise<readonly DocPassage[]> => {
	const texts = await Promise.all(
		documents.map(async (document) => passagesOf(document, await readFile(join(projectRoot(), document), "utf8"))),
	);
	return texts.flat();
};
