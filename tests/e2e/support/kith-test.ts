import { type BrowserContext, type BrowserContextOptions, test as base, expect } from "@playwright/test";
import { addDevice, addPeople, type Person } from "../../server-process/add-people.ts";
import { ChatScreen } from "./chat-screen.ts";
import { makeOwner, namePeople } from "./name-people.ts";
import { startTestServer, type TestServer } from "./test-server.ts";
import { type ContextWatch, watchContext } from "./watch-context.ts";

/** Somebody with a browser of their own. */
export interface Visitor extends ChatScreen {
	readonly watch: ContextWatch;
}

/** A visitor with an account, signed in. */
export interface Member extends Visitor {
	readonly account: Person;
	/** As others see them. */
	readonly displayName: string;
	readonly localpart: string;
}

export type OpenBrowser = (address: string, options?: BrowserContextOptions) => Promise<Visitor>;

/** As many as there are names. */
type Each<N extends readonly string[], T> = { readonly [K in keyof N]: T };

interface TestFixtures {
	/** Starts a server that only this test uses, with an empty data directory. */
	startServer: (env?: Readonly<Record<string, string>>, port?: number) => Promise<TestServer>;
	/** A fresh browser context; what it did wrong fails the test at its end. */
	openBrowser: OpenBrowser;
	/** Makes accounts on the worker's server, named anew in each test. */
	makeAccounts: <N extends readonly string[]>(...names: N) => Promise<Each<N, Person>>;
	/** Makes people with accounts and opens a browser for each, at their chats. */
	meet: <N extends readonly string[]>(...names: N) => Promise<Each<N, Member>>;
	/** A browser in which an account is signed in: its first is the account's device, each further one a device of its own. */
	signIn: (account: Person, options?: BrowserContextOptions) => Promise<Member>;
}

interface WorkerFixtures {
	server: TestServer;
}

let lastNumber = 0;

export const test = base.extend<TestFixtures, WorkerFixtures>({
	server: [
		// biome-ignore lint/correctness/noEmptyPattern: the pattern is how Playwright learns what a fixture needs.
		async ({}, use) => {
			await using server = await startTestServer();
			const [owner] = await addPeople(server.dataFolder, ["owner"]);
			await makeOwner(server.dataFolder, owner?.userId ?? "");
			await use(server);
		},
		{ scope: "worker", timeout: 180_000 },
	],

	// biome-ignore lint/correctness/noEmptyPattern: as above.
	startServer: async ({}, use) => {
		const servers: TestServer[] = [];
		await use(async (env, port) => {
			const server = await startTestServer(env, port);
			servers.push(server);
			return server;
		});
		for (const server of servers) await server[Symbol.asyncDispose]();
	},

	// Needs `startServer` so that browsers close before the servers that they talk to.
	openBrowser: async ({ browser, startServer: _ }, use) => {
		const watches: ContextWatch[] = [];
		const contexts: BrowserContext[] = [];
		await use(async (address, options) => {
			const context = await browser.newContext({ baseURL: address, ...options });
			contexts.push(context);
			const watch = await watchContext(context, address);
			watches.push(watch);
			return Object.assign(new ChatScreen(await context.newPage()), { watch });
		});
		for (const context of contexts) await context.close();
		expect(watches.flatMap(({ faults }) => faults)).toEqual([]);
	},

	makeAccounts: async ({ server }, use) => {
		await use(async <N extends readonly string[]>(...names: N) => {
			lastNumber += 1;
			const people = await addPeople(
				server.dataFolder,
				names.map((name) => `${name}.${String(lastNumber).padStart(2, "0")}`),
			);
			const shown = people.map(({ userId, localpart }) => [userId, displayNameOf(localpart)] as const);
			await namePeople(server.dataFolder, new Map(shown));
			return people as Each<N, Person>;
		});
	},

	signIn: async ({ server, openBrowser }, use) => {
		const known = new Set<string>();
		await use(async (knownAccount, options) => {
			const { userId, localpart } = knownAccount;
			const account = known.has(userId) ? await addDevice(server.dataFolder, knownAccount) : knownAccount;
			known.add(userId);
			const visitor = await openBrowser(server.address, options);
			const [name = "", value = ""] = account.cookie.split("=");
			await visitor.page.context().addCookies([{ name, value, url: server.address, httpOnly: true, sameSite: "Lax" }]);
			return Object.assign(visitor, { account, localpart, displayName: displayNameOf(localpart) });
		});
	},

	meet: async ({ makeAccounts, signIn }, use) => {
		await use(async <N extends readonly string[]>(...names: N) => {
			const members: Member[] = [];
			for (const account of await makeAccounts(...names)) {
				const member = await signIn(account);
				await member.open();
				members.push(member);
			}
			return members as Each<N, Member>;
		});
	},
});

/** `ada.03` is shown as Ada. */
function displayNameOf(localpart: string): string {
	const name = localpart.replace(/\.\d+$/, "");
	return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
