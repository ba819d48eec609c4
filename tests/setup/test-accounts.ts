import { randomBytes } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import {
	type AccountLimits,
	type Accounts,
	type ControlMessage,
	createAccounts,
	type PasswordHasher,
	type RegistrationPolicy,
} from "../../src/server/accounts/public.ts";
import { createArgon2PasswordHasher } from "../../src/server/adapters/argon2/argon2-password-hasher.ts";
import { createAccountStore } from "../../src/server/adapters/prisma/accounts/account-store.ts";
import { PrismaClient } from "../../src/server/adapters/prisma/generated/client.ts";
import type { Database } from "../../src/server/adapters/prisma/open-database.ts";
import { createPasskeyCeremonies } from "../../src/server/adapters/webauthn/passkey-ceremonies.ts";
import type { Log } from "../../src/shared/log.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

export const testServerName = "kith.test";
export const testPassword = "correct horse battery";

export interface TestAccounts extends AsyncDisposable {
	readonly accounts: Accounts;
	readonly database: TestDatabase["database"];
	readonly connectionString: string;
	/** What was sent to the other processes. */
	readonly published: readonly ControlMessage[];
	/** Whose profile was to be shown in their rooms, and who was to leave them all. */
	readonly shown: readonly string[];
	readonly left: readonly string[];
	/** Each check of a password: against an account's hash, or as for nobody. Both are the same work. */
	readonly checked: readonly ("hash" | "nobody")[];
	/** Every log line, as JSON. */
	readonly logLines: readonly string[];
	readonly log: Log;
	readonly clock: { now(): number; pass(ms: number): void };
	/** Makes the owner and returns the link's token that did it. */
	makeOwner(localpart?: string): Promise<string>;
	/** Makes an ordinary account with `testPassword`, as the operator does. */
	addPerson(localpart: string): Promise<void>;
	/** The same as another process of this database has it: limits and queues of its own. */
	another(registration: RegistrationPolicy): Accounts;
	/** The same while the database does not answer. */
	readonly unreachable: Accounts;
}

export interface TestAccountsOptions {
	readonly registration?: RegistrationPolicy;
	readonly limits?: Partial<AccountLimits>;
}

/** The accounts area with its real drivers on a fresh database; only clock, log and control channel are the test's. */
export async function createTestAccounts(options: TestAccountsOptions = {}): Promise<TestAccounts> {
	const test = await createTestDatabase();
	const published: ControlMessage[] = [];
	const shown: string[] = [];
	const left: string[] = [];
	const checked: ("hash" | "nobody")[] = [];
	const logLines: string[] = [];
	const log = recordingLog(logLines);
	const clock = movableClock();
	const create = (
		registration: RegistrationPolicy,
		database: Pick<Database, "pool" | "prisma"> = test.database,
	): Accounts =>
		createAccounts({
			store: createAccountStore(database),
			passwords: recordingHasher(checked),
			ceremonies: createPasskeyCeremonies(),
			memberships: {
				showProfile: async (userId) => void shown.push(userId),
				leaveAll: async (userId) => void left.push(userId),
			},
			pictures: { requireOwnPicture: async () => undefined },
			control: { publish: async (message) => void published.push(message) },
			clock,
			randomBytes,
			log,
			serverName: testServerName,
			registration,
			...(options.limits === undefined ? {} : { limits: options.limits }),
		});
	const accounts = create(options.registration ?? "open");
	return {
		accounts,
		database: test.database,
		connectionString: test.connectionString,
		published,
		shown,
		left,
		checked,
		logLines,
		log,
		clock,
		another: (registration) => create(registration),
		// Port 1 is nobody's: connections are refused as those to a stopped PostgreSQL are.
		unreachable: create("open", databaseOf(new pg.Pool({ host: "127.0.0.1", port: 1 }))),
		makeOwner: async (localpart = "olive") => {
			const registrationToken = (await accounts.issueOwnerToken()) ?? "";
			await accounts.register({
				...{ localpart, displayName: "Olive", password: testPassword },
				...{ registrationToken, address: "192.0.2.1" },
			});
			return registrationToken;
		},
		addPerson: async (localpart) => {
			await accounts.operator.addAccount({ localpart, password: testPassword, isOwner: false });
		},
		[Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
	};
}

const recordingHasher = (checked: ("hash" | "nobody")[]): PasswordHasher => {
	const hasher = createArgon2PasswordHasher();
	return {
		hash: (password) => hasher.hash(password),
		verify: (password, hash) => {
			checked.push(hash === undefined ? "nobody" : "hash");
			return hasher.verify(password, hash);
		},
	};
};

const databaseOf = (pool: pg.Pool): Pick<Database, "pool" | "prisma"> => ({
	pool,
	prisma: new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: "minimal" }),
});

const movableClock = () => {
	let passedMs = 0;
	return {
		now: () => Date.now() + passedMs,
		pass: (ms: number) => {
			passedMs += ms;
		},
	};
};

const recordingLog = (lines: string[]): Log => {
	const record = (fields: Readonly<Record<string, unknown>>, message: string): void => {
		lines.push(JSON.stringify({ ...fields, message }));
	};
	return { debug: record, info: record, warn: record, error: record };
};
