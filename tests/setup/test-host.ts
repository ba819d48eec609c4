import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseKeyId } from "../../federation/identifiers/key-id.ts";
import { type IdentityProvider, readEnvironment } from "../../src/env.ts";
import { buildContainer } from "../../src/server/container.ts";
import type { TransportHost } from "../../src/server/trpc/transport-host.ts";
import { type TestAccounts, testServerName } from "./test-accounts.ts";

export const testAuthSecret = "a secret of at least thirty-two bytes";

export interface TestHost extends AsyncDisposable {
	/** Where files are; gone with the host. */
	readonly dataFolder: string;
	/** A whole container on the database of the test, with the test's own accounts and log. */
	readonly host: TransportHost;
	/** From now on accounts behave as while the database does not answer. */
	loseDatabase(): void;
	findDatabase(): void;
}

export interface TestHostOptions {
	readonly identityProvider?: IdentityProvider;
	/** Variables of the environment, besides the test's own. */
	readonly settings?: Readonly<Record<string, string>>;
}

export async function createTestHost(
	test: TestAccounts,
	publicOrigin?: string,
	{ identityProvider, settings: more }: TestHostOptions = {},
): Promise<TestHost> {
	const dataFolder = await mkdtemp(join(tmpdir(), "kith-host-"));
	const settings = { KITH_SERVER_NAME: testServerName, KITH_DATA_DIR: dataFolder, KITH_FEDERATION: "off", ...more };
	const reading = readEnvironment(settings);
	const keyId = parseKeyId("ed25519:test");
	if (reading.kind !== "ok" || keyId === undefined) throw new Error("the test's settings are refused");
	const container = await buildContainer({
		environment: reading.environment,
		database: test.database,
		connectionString: test.connectionString,
		secrets: {
			databasePassword: "",
			authSecret: testAuthSecret,
			signingKey: { keyId, seed: randomBytes(32) },
			retiredKeys: [],
		},
		log: test.log,
	});
	let { accounts } = test;
	const host: TransportHost = {
		...container,
		log: test.log,
		web: { ...container.web, publicOrigin, identityProvider },
		get accounts() {
			return accounts;
		},
	};
	return {
		dataFolder,
		host,
		loseDatabase: () => {
			accounts = test.unreachable;
		},
		findDatabase: () => {
			accounts = test.accounts;
		},
		[Symbol.asyncDispose]: async () => {
			await container.close();
			await rm(dataFolder, { recursive: true });
		},
	};
}
