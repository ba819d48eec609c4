import { describe, expect, it } from "vitest";
import { createTestAccounts, type TestAccountsOptions, testPassword } from "../../../tests/setup/test-accounts.ts";
import { createTestBrowser } from "../../../tests/setup/test-browser.ts";
import { createTestHost } from "../../../tests/setup/test-host.ts";
import { startTestWebServer } from "../../../tests/setup/test-web-server.ts";

const twice = {
	freeAttempts: 2,
	firstDelayMs: 90_500,
	maximumDelayMs: 90_500,
	forgetAfterMs: 600_000,
	maximumKeys: 10,
};
const from = (address: string) => ({ "x-forwarded-for": address });

const startAll = async (limits: TestAccountsOptions["limits"] = {}) => {
	const test = await createTestAccounts({ limits });
	// Without an owner only the owner's link registers.
	await test.accounts.operator.addAccount({ localpart: "olive", isOwner: true });
	await test.addPerson("ann");
	const testHost = await createTestHost(test);
	const server = await startTestWebServer(testHost.host);
	const browser = createTestBrowser(server.origin);
	return {
		browser,
		[Symbol.asyncDispose]: async () => {
			await server[Symbol.asyncDispose]();
			await testHost[Symbol.asyncDispose]();
			await test[Symbol.asyncDispose]();
		},
	};
};

type Browser = ReturnType<typeof createTestBrowser>;

const register = (browser: Browser, localpart: string, address: string) => {
	const person = { localpart, displayName: localpart, password: testPassword };
	return browser.postJson("/api/trpc/accounts.register", person, from(address));
};

const trySignIn = async (browser: Browser, username: string, address: string) => {
	const { csrfToken } = (await (await browser.get("/api/auth/csrf")).json()) as { csrfToken: string };
	const fields = { username, password: "wrong horse battery", deviceName: "", csrfToken, json: "true" };
	const response = await browser.postForm("/api/auth/callback/credentials", fields, from(address));
	const { url } = (await response.json()) as { url: string };
	return { code: new URL(url).searchParams.get("error"), retryAfter: response.headers.get("retry-after") };
};

const kithOf = async (response: Response) =>
	((await response.json()) as { error?: { data: { kith: { code: string; retryAfterMs?: number } } } }).error?.data.kith;

describe("whoever asks for too much is told so, and when to come back", () => {
	it("an address that registers too often, and no other address", async () => {
		await using all = await startAll({ registerByAddress: twice });
		for (const localpart of ["ben", "cleo"]) {
			expect((await register(all.browser, localpart, "203.0.113.7")).status).toBe(200);
		}
		const refused = await register(all.browser, "dan", "203.0.113.7");
		expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "91"]);
		expect(await kithOf(refused)).toMatchObject({ code: "too-many-requests", retryAfterMs: expect.any(Number) });
		// What the caller says of itself in front of what the proxy says does not count.
		const disguised = await register(all.browser, "dan", "198.51.100.1, 203.0.113.7");
		expect(disguised.status).toBe(429);
		expect((await register(all.browser, "dan", "203.0.113.8")).status).toBe(200);
	});

	it("an address that guesses passwords of many accounts, and no other address", async () => {
		await using all = await startAll({ signInByAddress: twice });
		for (const name of ["ann", "ben"]) {
			expect(await trySignIn(all.browser, name, "203.0.113.7")).toEqual({
				code: "wrong-credentials",
				retryAfter: null,
			});
		}
		const refused = { code: "too-many-requests", retryAfter: "91" };
		expect(await trySignIn(all.browser, "cleo", "203.0.113.7")).toEqual(refused);
		expect(await trySignIn(all.browser, "cleo", "203.0.113.8")).toMatchObject({ code: "wrong-credentials" });
	});

	it("a person who writes too much, one call by one and in a batch", async () => {
		await using all = await startAll();
		const { browser } = all;
		await browser.signIn("ann", testPassword);
		const create = { transactionId: "room", kind: "group", name: "Room", inviteeIds: [] };
		const made = await browser.postJson("/api/trpc/rooms.create", create);
		const { roomId } = ((await made.json()) as { result: { data: { roomId: string } } }).result.data;
		const send = (transactionId: string) =>
			browser.postJson("/api/trpc/messages.send", { roomId, transactionId, body: "flood" });
		const answers = await Promise.all(Array.from({ length: 100 }, (_, id) => send(`${id}`)));
		const refused = answers.filter(({ status }) => status === 429);
		expect(refused.length).toBeGreaterThan(0);
		for (const response of refused) {
			const kith = await kithOf(response);
			expect(kith).toMatchObject({ code: "too-many-requests", retryAfterMs: expect.any(Number) });
			expect(Number(response.headers.get("retry-after"))).toBe(Math.ceil((kith?.retryAfterMs ?? 0) / 1000));
		}
		const inputs = Object.fromEntries(
			Array.from({ length: 20 }, (_, id) => [id, { roomId, transactionId: `batch.${id}`, body: "flood" }]),
		);
		const paths = Array.from({ length: 20 }, () => "messages.send").join(",");
		const batch = await browser.postJson(`/api/trpc/${paths}?batch=1`, inputs);
		expect(Number(batch.headers.get("retry-after"))).toBeGreaterThan(0);
	});
});
