import type { ServerName } from "../../federation/identifiers/identifier-types.ts";
import { createMemoryBus } from "../../src/server/adapters/bus-memory/memory-bus.ts";
import { createRuleStore } from "../../src/server/adapters/prisma/federation/rule-store.ts";
import type { Database } from "../../src/server/adapters/prisma/open-database.ts";
import { createServerRules, type ServerRules } from "../../src/server/federation/public.ts";
import type { Bus } from "../../src/server/stream/public.ts";
import { silentLog } from "./silent-log.ts";

/** The rules about other servers as a process has them; not loaded yet. */
export const testRules = (
	serverName: ServerName,
	{ pool, bus = createMemoryBus() }: { readonly pool: Database["pool"]; readonly bus?: Bus },
): ServerRules =>
	createServerRules({
		store: createRuleStore(pool),
		bus,
		clock: Date,
		serverName,
		defaultPolicy: "everyone",
		log: silentLog,
	});
