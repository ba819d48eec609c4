import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestAccounts, testPassword } from "../../../tests/setup/test-accounts.ts";
import { createTestBrowser } from "../../../tests/setup/test-browser.ts";
import { createTestHost } from "../../../tests/setup/test-host.ts";
import { startTestWebServer } from "../../../tests/setup/test-web-server.ts";

const sessionCookie = "next-auth.session-token";
const registration = {
	localpart: "ann",
	displayName: "Ann",
	password: testPassword,
	registrationToken: "not-a-token",
};

const errorOf = async (response: Response) => {
	const text = await response.text();
	return { status: response.status, text, kith: JSON.parse(text).error?.data?.kith };
};

async function startAll(publicOrigin?: string) {
	const test = await createTestAccounts();
	const testHost = await createTestHost(test, publicOrigin);
	const server = await startTestWebServer(testHost.host);
	return {
		test,
		server,
		loseDatabase: testHost.loseDatabase,
		browser: createTestBrowser(server.origin),
		[Symbol.asyncDispose]: async () => {
			await server[Symbol.asyncDispose]();
			await testHost[Symbol.asyncDispose]();
			await test[Symbol.asyncDispose]();
		},
	};
}

describe("a person in a browser", () => {
	it("registers by the owner's link, signs in, is known, and signs out", async () => {
		await using all = await startAll();
		const { browser, test } = all;
		const registrationToken = await test.accounts.issueOwnerToken();
		const registered = await browser.postJson("/api/trpc/accounts.register", { ...registration, registrationToken });
		expect(await registered.json()).toMatchObject({ result: { data: { userId: "@ann:kith.test" } } });
		expect(await browser.signIn("ann", testPassword)).toEqual({ status: 200, error: null });

		const me = await browser.get("/api/trpc/accounts.me");
		expect(me.headers.get("cache-control")).toBe("no-store");
		expect(await me.json()).toMatchObject({ result: { data: { userId: "@ann:kith.test", isOwner: true } } });

		const copy = browser.cookies.get(sessionCookie) ?? "";
		expect(copy).not.toBe("");
		expect((await browser.postJson("/api/trpc/accounts.signOut", undefined)).status).toBe(200);
		// A thief's copy of the cookie is worth nothing either.
		expect(await errorOf(await browser.get("/api/trpc/accounts.me"))).toMatchObject({
			status: 401,
			kith: { code: "session-revoked" },
		});
		// The cookie is worth one more thing: every page that starts with it hears that the session was ended.
		expect(await (await browser.get("/api/auth/session")).json()).not.toHaveProperty("user");
		expect(await errorOf(await browser.get("/api/trpc/accounts.me"))).toMatchObject({
			kith: { code: "session-revoked" },
		});
	});

	it("ends the session too by next-auth's own signing out", async () => {
		await using all = await startAll();
		await all.test.addPerson("ann");
		await all.browser.signIn("ann", testPassword);
		const stolen = all.browser.cookies.get(sessionCookie) ?? "";
		const { csrfToken } = (await (await all.browser.get("/api/auth/csrf")).json()) as { csrfToken: string };
		await all.browser.postForm("/api/auth/signout", { csrfToken, json: "true" });
		expect(all.browser.cookies.has(sessionCookie)).toBe(false);
		all.browser.cookies.set(sessionCookie, stolen);
		expect((await all.browser.get("/api/trpc/accounts.me")).status).toBe(401);
	});

	it("is told by a code why signing in failed, and how long to wait", async () => {
		await using all = await startAll();
		await all.test.addPerson("ann");
		const wrong = await all.browser.signIn("ann", "wrong horse battery");
		const unknown = await all.browser.signIn("nobody", "wrong horse battery");
		expect(wrong).toEqual({ status: 401, error: "wrong-credentials" });
		expect(unknown).toEqual(wrong);
		expect(await all.browser.signIn("ann", "")).toEqual({ status: 401, error: "bad-input" });
		expect(await all.browser.signIn("ann", "x".repeat(513))).toEqual({ status: 401, error: "bad-input" });
		for (let index = 0; index < 4; index += 1) {
			await all.browser.signIn("ann", "wrong horse battery");
		}
		expect(await all.browser.signIn("ann", testPassword)).toEqual({ status: 401, error: "too-many-requests" });
		await all.test.accounts.operator.disableAccount("ann");
		all.test.clock.pass(60_000);
		expect(await all.browser.signIn("ann", testPassword)).toEqual({ status: 401, error: "account-disabled" });
		expect(all.test.logLines.join("\n")).not.toMatch(/horse/);
	});

	it("is refused at once when the account is disabled", async () => {
		await using all = await startAll();
		await all.test.addPerson("ann");
		await all.browser.signIn("ann", testPassword);
		expect((await all.browser.get("/api/trpc/accounts.me")).status).toBe(200);
		await all.test.accounts.operator.disableAccount("ann");
		expect((await all.browser.get("/api/trpc/accounts.me")).status).toBe(401);
	});

	it("gets cookies that scripts cannot read, and secure ones behind TLS", async () => {
		await using all = await startAll("https://chat.example");
		await all.test.addPerson("ann");
		const { csrfToken } = (await (await all.browser.get("/api/auth/csrf")).json()) as { csrfToken: string };
		const response = await all.browser.postForm(
			"/api/auth/callback/credentials",
			{ username: "ann", password: testPassword, csrfToken, json: "true" },
			{ origin: "https://chat.example" },
		);
		const line = response.headers.getSetCookie().find((value) => value.includes("session-token")) ?? "";
		expect(line).toMatch(/^__Secure-next-auth\.session-token=.+; HttpOnly; Secure; SameSite=Lax$/i);
		expect((await all.browser.get("/api/trpc/accounts.me")).status).toBe(200);
	});
});

describe("a page of another site", () => {
	const foreign = { origin: "https://evil.test" };

	it("can make a signed-in browser do nothing", async () => {
		await using all = await startAll();
		const { browser } = all;
		await all.test.addPerson("ann");
		await browser.signIn("ann", testPassword);
		const attempts = [
			browser.postJson("/api/trpc/accounts.signOut", undefined, foreign),
			browser.postJson("/api/trpc/accounts.signOut", undefined, { origin: "null" }),
			browser.postJson("/api/trpc/accounts.signOut", undefined, { "sec-fetch-site": "cross-site" }),
			browser.get("/api/trpc/accounts.me", foreign),
			fetch(`${all.server.origin}/api/trpc/accounts.signOut`, {
				method: "POST",
				headers: {
					"content-type": "application/json",
					cookie: `${sessionCookie}=${browser.cookies.get(sessionCookie)}`,
				},
			}),
		];
		for (const response of await Promise.all(attempts)) {
			expect(await errorOf(response)).toMatchObject({ status: 403, kith: { code: "forbidden" } });
		}
		expect((await browser.postForm("/api/auth/signout", {}, foreign)).status).toBe(403);
		expect((await browser.get("/api/trpc/accounts.me")).status).toBe(200);
	});

	it("can sign nobody in, nor out: without this browser's token against forged requests nothing happens", async () => {
		await using all = await startAll();
		await all.test.addPerson("ann");
		await all.test.addPerson("eve");
		const eves = createTestBrowser(all.server.origin);
		const { csrfToken } = (await (await eves.get("/api/auth/csrf")).json()) as { csrfToken: string };
		const person = { username: "eve", password: testPassword, json: "true" };
		for (const token of [{}, { csrfToken: "" }, { csrfToken }]) {
			await all.browser.postForm("/api/auth/callback/credentials", { ...person, ...token });
			await all.browser.postForm("/api/auth/callback/credentials", { ...person, ...token }, foreign);
			await all.browser.get(`/api/auth/callback/credentials?${new URLSearchParams({ ...person, ...token })}`);
			expect(all.browser.cookies.has(sessionCookie)).toBe(false);
		}
		expect(await all.test.database.prisma.session.count()).toBe(0);
		await all.browser.signIn("ann", testPassword);
		for (const token of [{}, { csrfToken }])
			await all.browser.postForm("/api/auth/signout", { json: "true", ...token });
		expect((await all.browser.get("/api/trpc/accounts.me")).status).toBe(200);
	});

	it("cannot use a form, the kinds of body that need no permission, or a link", async () => {
		await using all = await startAll();
		const { browser } = all;
		for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]) {
			const answer = await errorOf(
				await browser.postJson("/api/trpc/accounts.register", "{}", { "content-type": type }),
			);
			expect(answer).toMatchObject({ status: 415, kith: { code: "bad-input" } });
		}
		const byLink = await errorOf(await browser.get("/api/trpc/accounts.register?input=%7B%7D"));
		expect(byLink).toMatchObject({ status: 405, kith: { code: "bad-input" } });
	});
});

describe("bad input", () => {
	let all: Awaited<ReturnType<typeof startAll>>;
	beforeAll(async () => {
		all = await startAll();
	});
	afterAll(() => all[Symbol.asyncDispose]());

	it("is answered with the names of the fields and nothing of what was sent", async () => {
		const sent = { localpart: "canary-1".repeat(20), displayName: " ", password: 7, registrationToken: "canary-2" };
		const answer = await errorOf(await all.browser.postJson("/api/trpc/accounts.register", sent));
		expect(answer.status).toBe(400);
		expect(answer.kith).toMatchObject({ code: "bad-input", fields: ["localpart", "displayName", "password"] });
		expect(answer.text).not.toMatch(/canary|stack|node_modules|Zod/);
	});

	it.each([
		["no JSON", "/api/trpc/accounts.register", '{"localpart":"canary'],
		["a list", "/api/trpc/accounts.register", "[]"],
		["null", "/api/trpc/accounts.register", "null"],
		["deep nesting", "/api/trpc/accounts.register", "[".repeat(100_000)],
		["an unknown procedure", "/api/trpc/canary.canary", "{}"],
		["a name of objects themselves", "/api/trpc/__proto__.constructor", "{}"],
		["a broken batch", "/api/trpc/accounts.register,accounts.register?batch=1", '{"0":'],
		["a batch too long", `/api/trpc/${"accounts.register,".repeat(30)}accounts.me?batch=1`, "{}"],
	])("%s is refused with a code and without an echo", async (_, path, body) => {
		const response = await all.browser.postJson(path, body);
		const text = await response.text();
		expect(response.status).toBeGreaterThanOrEqual(400);
		expect(response.status).toBeLessThan(500);
		expect([JSON.parse(text)].flat()[0].error.data.kith.code).toMatch(/^(bad-input|not-found)$/);
		expect(text).not.toMatch(/canary|stack|node_modules/);
	});

	it("of more than a megabyte is too large, whether it says so or not", async () => {
		const big = JSON.stringify({ ...registration, displayName: "x".repeat(1_100_000) });
		const said = await errorOf(await all.browser.postJson("/api/trpc/accounts.register", big));
		expect(said).toMatchObject({ status: 413, kith: { code: "too-large" } });
		const unsaid = await fetch(`${all.server.origin}/api/trpc/accounts.register`, {
			method: "POST",
			headers: { origin: all.server.origin, "content-type": "application/json" },
			body: new Blob([big]).stream(),
			duplex: "half",
		} as RequestInit);
		expect(await errorOf(unsaid)).toMatchObject({ status: 413, kith: { code: "too-large" } });
		expect(await all.test.database.prisma.user.count()).toBe(0);
	});

	it("in cookies and bearer tokens signs nobody in", async () => {
		for (const value of ["x", "a.b.c.d.e", "%zz", "\u00e9", "eyJhbGciOiJub25lIn0..a.b.c"]) {
			const response = await all.browser.get("/api/trpc/accounts.me", {
				cookie: `${sessionCookie}=${value}`,
				authorization: `Bearer ${encodeURIComponent(value)}`,
			});
			expect(response.status).toBe(401);
		}
	});

	it("that the use case refuses carries its code", async () => {
		const answer = await errorOf(
			await all.browser.postJson("/api/trpc/accounts.register", { ...registration, localpart: "Ann" }),
		);
		expect(answer).toMatchObject({ status: 400, kith: { code: "username-invalid" } });
		const token = await errorOf(await all.browser.postJson("/api/trpc/accounts.register", registration));
		expect(token).toMatchObject({ status: 403, kith: { code: "registration-token-invalid" } });
		expect(token.kith.requestId).toMatch(/^[0-9a-f-]{36}$/);
	});
});

describe("a server that cannot serve", () => {
	it("says that it broke, without a word of how; the log knows", async () => {
		await using all = await startAll();
		await all.test.database.pool.query("ALTER TABLE users RENAME TO users_away");
		const broken = await errorOf(await all.browser.get("/api/trpc/accounts.registrationPolicy"));
		expect(broken).toMatchObject({ status: 500, kith: { code: "internal" } });
		expect(broken.text).not.toMatch(/users|relation|SELECT/);
		expect(all.test.logLines.join("\n")).toContain("call broke");
	});

	it("says that it is unavailable while the database is gone, to calls and to sign-ins", async () => {
		await using all = await startAll();
		await all.test.addPerson("ann");
		await all.browser.signIn("ann", testPassword);
		all.loseDatabase();
		const gone = await errorOf(await all.browser.get("/api/trpc/accounts.me"));
		expect(gone).toMatchObject({ status: 503, kith: { code: "unavailable" } });
		expect(gone.kith.retryAfterMs).toBeGreaterThan(0);
		expect(await all.browser.signIn("ann", testPassword)).toEqual({ status: 401, error: "unavailable" });
		await all.browser.get("/api/auth/session");
		expect(all.browser.cookies.has(sessionCookie)).toBe(true);
	});
});
