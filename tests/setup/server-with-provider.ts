import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { vi } from "vitest";
import type { RegistrationPolicy } from "../../src/server/accounts/public.ts";
import { createTestAccounts } from "./test-accounts.ts";
import { createTestBrowser, type TestBrowser } from "./test-browser.ts";
import { createTestHost } from "./test-host.ts";
import { startTestIdentityProvider, type TestIdentityProvider, testClient } from "./test-identity-provider.ts";
import { startTestWebServer } from "./test-web-server.ts";

const freePort = async (): Promise<number> => {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
};

/** The whole way: the real provider, next-auth as it runs in production, and browsers that keep cookies. */
export const openServerWithProvider = async (
	registration: RegistrationPolicy = "open",
	owner: "owned" | "new" = "owned",
) => {
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	vi.stubEnv("NEXTAUTH_URL", origin);
	const test = await createTestAccounts({ registration });
	const provider = await startTestIdentityProvider(`${origin}/api/auth/callback/oidc`);
	const testHost = await createTestHost(test, origin, {
		identityProvider: { issuer: provider.issuer, name: "The Club", ...testClient },
	});
	const server = await startTestWebServer(testHost.host, port);
	if (owner === "owned") await test.makeOwner();
	return {
		...{ test, provider, origin },
		openBrowser: () => createTestBrowser(origin),
		[Symbol.asyncDispose]: async () => {
			vi.unstubAllEnvs();
			await server[Symbol.asyncDispose]();
			await testHost[Symbol.asyncDispose]();
			await provider[Symbol.asyncDispose]();
			await test[Symbol.asyncDispose]();
		},
	};
};

export type ServerWithProvider = Awaited<ReturnType<typeof openServerWithProvider>>;

export const csrfTokenOf = async (browser: TestBrowser): Promise<string> =>
	((await (await browser.get("/api/auth/csrf")).json()) as { csrfToken: string }).csrfToken;

/** From our button, and what our page sends along, to the address with which the provider sends the person back. */
export const askProvider = async (
	browser: TestBrowser,
	provider: TestIdentityProvider,
	along: Record<string, string> = {},
): Promise<URL> => {
	const csrfToken = await csrfTokenOf(browser);
	const begun = await browser.postForm("/api/auth/signin/oidc", { csrfToken, json: "true", ...along });
	let url = new URL(((await begun.json()) as { url: string }).url);
	const theirs = createTestBrowser(provider.issuer);
	while (url.origin === provider.issuer) {
		const response = await theirs.get(url.href);
		url = new URL(response.headers.get("location") ?? "http://nowhere.invalid", url);
	}
	return url;
};

/** Where the person is in the end. */
export const comeBack = async (browser: TestBrowser, back: URL): Promise<string> =>
	(await browser.get(back.pathname + back.search)).headers.get("location") ?? "";

export const enterByProvider = async (
	server: ServerWithProvider,
	browser = server.openBrowser(),
	along = {},
): Promise<string> => comeBack(browser, await askProvider(browser, server.provider, along));

/** Makes the account of whoever came from the provider into this browser; the answer is not signed in yet. */
export const registerByProvider = async (browser: TestBrowser, localpart: string, extra: object = {}) => {
	const person = { localpart, displayName: "Ann", withIdentity: true, ...extra };
	return (await (await browser.postJson("/api/trpc/accounts.register", person)).json()) as {
		result?: { data: { signInTicket: string } };
		error?: { message: string };
	};
};
