import type { UserId } from "../../federation/identifiers/identifier-types.ts";
import type { WireCommand, WireCommandResult } from "../../src/shared/wire/commands.ts";
import { createTestAccounts, testPassword } from "./test-accounts.ts";
import { createTestBrowser, type TestBrowser } from "./test-browser.ts";
import { createTestHost } from "./test-host.ts";
import { startTestWebServer } from "./test-web-server.ts";

export const idOf = (localpart: string) => `@${localpart}:kith.test` as UserId;

/** A server with two owners and three people over real sockets, of whom Olive, Otto and Ann are signed in. */
export const openConsole = async () => {
	const test = await createTestAccounts();
	const testHost = await createTestHost(test);
	const server = await startTestWebServer(testHost.host);
	await test.makeOwner("olive");
	for (const name of ["ann", "ben", "cleo", "otto"]) await test.addPerson(name);
	const { pool } = test.database;
	await pool.query("UPDATE users SET is_owner = true WHERE localpart = 'otto'");
	const as = async (localpart: string): Promise<TestBrowser> => {
		const browser = createTestBrowser(server.origin);
		await browser.signIn(localpart, testPassword);
		return browser;
	};
	const [olive, otto, ann] = [await as("olive"), await as("otto"), await as("ann")];
	return {
		...{ test, pool, as, olive, otto, ann, host: testHost.host, stranger: createTestBrowser(server.origin) },
		[Symbol.asyncDispose]: async () => {
			await server[Symbol.asyncDispose]();
			await testHost[Symbol.asyncDispose]();
			await test[Symbol.asyncDispose]();
		},
	};
};

export type TestConsole = Awaited<ReturnType<typeof openConsole>>;

export type Answer = WireCommandResult | string;

/** What a call answers, or the code of its refusal. */
const answerOf = async (response: Response): Promise<Answer> => {
	const { result, error } = await response.json();
	return result?.data ?? error.data.kith.code;
};

/** Whether an account is switched off, as the table says. */
export const isDisabled = async ({ pool }: TestConsole, localpart: string): Promise<boolean> => {
	const { rows } = await pool.query("SELECT disabled_at FROM users WHERE localpart = $1", [localpart]);
	return rows[0].disabled_at !== null;
};

export const runCommand = async (browser: TestBrowser, command: unknown): Promise<Answer> =>
	answerOf(await browser.postJson("/api/trpc/console.run", { command }));

export const confirmCommand = async (browser: TestBrowser, proposalId: string, command: unknown): Promise<Answer> =>
	answerOf(await browser.postJson("/api/trpc/console.confirm", { proposalId, command }));

type Proposal = Extract<WireCommandResult, { kind: "proposal" }>;

/** Throws where the answer is none. */
export const proposeCommand = async (browser: TestBrowser, command: WireCommand): Promise<Proposal> => {
	const answer = await runCommand(browser, command);
	if (typeof answer === "string" || answer.kind !== "proposal")
		throw new Error(`no proposal: ${JSON.stringify(answer)}`);
	return answer;
};
