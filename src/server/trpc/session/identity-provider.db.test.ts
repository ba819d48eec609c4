import { describe, expect, it } from "vitest";
import {
	askProvider,
	comeBack,
	csrfTokenOf,
	enterByProvider as enter,
	type ServerWithProvider as OpenServer,
	openServerWithProvider as openServer,
	registerByProvider as register,
} from "../../../../tests/setup/server-with-provider.ts";
import type { TestAccounts } from "../../../../tests/setup/test-accounts.ts";
import type { TestBrowser } from "../../../../tests/setup/test-browser.ts";

const pendingIn = async (browser: TestBrowser): Promise<unknown> =>
	(await (await browser.get("/api/trpc/accounts.pendingIdentity")).json()).result?.data;

const makesOwner = async (server: OpenServer): Promise<{ registrationToken: string }> => ({
	registrationToken: (await server.test.accounts.issueOwnerToken()) ?? "",
});

const whoIsIn = async (browser: TestBrowser): Promise<string | undefined> =>
	(await (await browser.get("/api/trpc/accounts.me")).json()).result?.data.userId;

const expectSessions = async (test: TestAccounts, count: number) => {
	const { rows } = await test.database.pool.query("SELECT count(*) AS n FROM sessions");
	expect(rows[0].n).toBe(count);
};

describe("signing in by an OpenID provider", () => {
	it("lets a new person choose a username once, and knows them from then on", async () => {
		await using server = await openServer();
		const browser = server.openBrowser();
		expect(await enter(server, browser)).toBe("/sign-up?with=provider");
		expect(await pendingIn(browser)).toEqual({ suggestedName: "Ann Archer", hasToken: false });
		expect((await register(browser, "olive")).error?.message).toBe("username-taken");
		const { result } = await register(browser, "ann");
		const csrfToken = await csrfTokenOf(browser);
		const ticket = result?.data.signInTicket ?? "";
		await browser.postForm("/api/auth/callback/ticket", { csrfToken, ticket, json: "true" });
		expect(await whoIsIn(browser)).toBe("@ann:kith.test");

		const again = server.openBrowser();
		expect(await enter(server, again)).toBe(server.origin);
		expect(await whoIsIn(again)).toBe("@ann:kith.test");
		// One identity is one account: what was left of the first sign-up makes no second.
		expect((await register(browser, "ann.two")).error).toBeDefined();
	});

	it("goes by issuer and subject, whatever name the provider reports", async () => {
		await using server = await openServer();
		const browser = server.openBrowser();
		await enter(server, browser);
		await register(browser, "ann");
		server.provider.person = { sub: "subject-2", name: "Ann Archer" };
		expect(await enter(server)).toBe("/sign-up?with=provider");
		server.provider.person = { sub: "subject-1", name: "Somebody Else" };
		expect(await enter(server)).toBe(server.origin);
	});

	it("keeps to the registration policy, also against what was begun before", async () => {
		await using closed = await openServer("closed");
		expect(await enter(closed)).toBe("/sign-in?error=registration-closed");
		await using byToken = await openServer("token");
		const browser = byToken.openBrowser();
		await enter(byToken, browser);
		expect((await register(browser, "ann")).error?.message).toBe("registration-token-invalid");
		const registrationToken = await byToken.test.accounts.operator.createRegistrationToken({ usesAllowed: 1 });
		expect((await register(browser, "ann", { registrationToken })).result).toBeDefined();
	});

	it("leads to where the person wanted to go, and nowhere else", async () => {
		await using server = await openServer();
		const browser = server.openBrowser();
		const along = { callbackUrl: `${server.origin}/chat/!room` };
		expect(await enter(server, browser, along)).toBe("/sign-up?with=provider&to=%2Fchat%2F%21room");
		const foreign = { callbackUrl: "https://evil.example/chat/!room" };
		expect(await enter(server, server.openBrowser(), foreign)).toBe("/sign-up?with=provider");
		await register(browser, "ann");
		expect(await enter(server, browser, along)).toBe(along.callbackUrl);

		server.provider.answer = "refuse";
		const back = await askProvider(browser, server.provider, along);
		expect(back.searchParams.get("error")).toBe("access_denied");
		let address = await comeBack(browser, back);
		while (address.includes("/api/auth/")) address = await comeBack(browser, new URL(address, server.origin));
		const refused = new URL(address, server.origin);
		expect(refused.pathname).toBe("/sign-in");
		expect(refused.searchParams.get("to")).toBe("/chat/!room");
		expect(refused.searchParams.get("error")).not.toBeNull();
	});

	it("tells a person that their account is switched off, and makes no session", async () => {
		await using server = await openServer();
		const browser = server.openBrowser();
		await enter(server, browser);
		await register(browser, "ann");
		await server.test.accounts.operator.disableAccount("ann");
		expect(await enter(server)).toBe("/sign-in?error=account-disabled");
		await expectSessions(server.test, 0);
	});
});

describe("a link's token that goes along to the provider", () => {
	it("makes the owner under every policy, and counts once", async () => {
		await using server = await openServer("closed", "new");
		const [olive, eve] = [server.openBrowser(), server.openBrowser()];
		expect(await enter(server, olive)).toBe("/sign-in?error=registration-closed");
		const along = await makesOwner(server);
		expect(await enter(server, olive, along)).toBe("/sign-up?with=provider");
		expect([...olive.cookies.keys()]).not.toContain("kith.trip");
		expect(await pendingIn(olive)).toEqual({ suggestedName: "Ann Archer", hasToken: true });
		const asked = await olive.postJson("/api/trpc/accounts.isUsernameFree", { localpart: "olive" });
		expect((await asked.json()).result.data).toEqual({ isFree: true });

		server.provider.person = { sub: "subject-2", name: "Eve" };
		expect(await enter(server, eve, along)).toBe("/sign-up?with=provider");
		const registered = await Promise.all([register(olive, "olive"), register(eve, "eve")]);
		expect(registered.filter(({ result }) => result !== undefined)).toHaveLength(1);
		expect(await server.test.database.prisma.user.count()).toBe(1);
		expect(await server.test.database.prisma.user.count({ where: { isOwner: true } })).toBe(1);
		server.provider.person = { sub: "subject-3", name: "Eve again" };
		expect(await enter(server, server.openBrowser(), along)).toBe("/sign-in?error=registration-token-invalid");
	});

	it("counts in the browser that took it along and in no other", async () => {
		await using server = await openServer("token", "new");
		const [olive, eve] = [server.openBrowser(), server.openBrowser()];
		const along = await makesOwner(server);
		const olivesWay = await askProvider(olive, server.provider, along);
		const kept = olive.cookies.get("kith.trip") ?? "";
		expect(kept).not.toContain(along.registrationToken);
		expect(await comeBack(eve, olivesWay)).toContain("error=");
		expect(await enter(server, eve)).toBe("/sign-in?error=registration-closed");
		for (const madeUp of [along.registrationToken, `${kept.slice(0, -4)}AAAA`]) {
			const evesWay = await askProvider(eve, server.provider);
			eve.cookies.set("kith.trip", madeUp);
			expect(await comeBack(eve, evesWay)).toBe("/sign-in?error=registration-closed");
		}
		expect((await register(eve, "eve")).error?.message).toBe("identity-expired");
	});

	it("is dropped where the next try brings none, and lets an ordinary person in by an ordinary one", async () => {
		await using server = await openServer("token");
		const registrationToken = await server.test.accounts.operator.createRegistrationToken({ usesAllowed: 1 });
		const browser = server.openBrowser();
		await askProvider(browser, server.provider, { registrationToken });
		await enter(server, browser);
		expect(await pendingIn(browser)).toMatchObject({ hasToken: false });
		expect((await register(browser, "ann")).error?.message).toBe("registration-token-invalid");
		await enter(server, browser, { registrationToken });
		expect((await register(browser, "ann")).result).toBeDefined();
	});
});

describe("a hostile way back from the provider", () => {
	it("is refused in a browser that did not ask, with another state, and a second time", async () => {
		await using server = await openServer();
		const ann = server.openBrowser();
		await enter(server, ann);
		await register(ann, "ann");
		const attempts: [TestBrowser, URL][] = [];
		// An attacker's own answer, put under a victim's nose.
		attempts.push([server.openBrowser(), await askProvider(server.openBrowser(), server.provider)]);
		const browser = server.openBrowser();
		const other = await askProvider(browser, server.provider);
		other.searchParams.set("state", "made-up");
		attempts.push([browser, other]);
		const used = await askProvider(ann, server.provider);
		await comeBack(ann, used);
		attempts.push([ann, used]);
		for (const [victim, back] of attempts) expect(await comeBack(victim, back)).toContain("error=");
		await expectSessions(server.test, 1);
	});

	it("cannot send the answer elsewhere by a forged header", async () => {
		await using server = await openServer();
		const browser = server.openBrowser();
		const csrfToken = await csrfTokenOf(browser);
		const forged = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
		const begun = await browser.postForm("/api/auth/signin/oidc", { csrfToken, json: "true" }, forged);
		const { url } = (await begun.json()) as { url: string };
		expect(new URL(url).searchParams.get("redirect_uri")).toBe(`${server.origin}/api/auth/callback/oidc`);
	});

	it("makes no account without a ticket of this server", async () => {
		await using server = await openServer();
		const browser = server.openBrowser();
		expect((await register(browser, "ann")).error?.message).toBe("identity-expired");
		browser.cookies.set("kith.identity", "a-made-up-ticket-of-some-length");
		expect((await register(browser, "ann")).error?.message).toBe("identity-expired");
	});
});
