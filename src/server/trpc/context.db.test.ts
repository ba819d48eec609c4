import type { IncomingMessage } from "node:http";
import { TRPCError } from "@trpc/server";
import { encode } from "next-auth/jwt";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createTestAccounts, testPassword } from "../../../tests/setup/test-accounts.ts";
import { createTestHost, testAuthSecret } from "../../../tests/setup/test-host.ts";
import { unlimitedConnection } from "../../../tests/setup/unlimited-connection.ts";
import { appRouter } from "./app-router.ts";
import { createSocketContext, mayOpenSocket } from "./context.ts";
import { wireErrorOf } from "./error-format.ts";
import { sessionIdClaim } from "./session/session-cookie.ts";

const requestWith = (headers: Record<string, string>) => ({ headers, socket: {} }) as IncomingMessage;

const cookieOf = async (sessionId: string, secret = testAuthSecret): Promise<string> =>
	`next-auth.session-token=${await encode({ token: { [sessionIdClaim]: sessionId }, secret })}`;

const signedIn = async (test: Awaited<ReturnType<typeof createTestAccounts>>) => {
	await test.addPerson("ann");
	return test.accounts.signIn({ username: "ann", password: testPassword, deviceName: "", address: "a" });
};

afterEach(() => vi.useRealTimers());

describe("the context of a socket", () => {
	it("knows its viewer, and finds out that the session has ended though no notice came", async () => {
		await using test = await createTestAccounts();
		const viewer = await signedIn(test);
		await using testHost = await createTestHost(test);
		const { host } = testHost;
		vi.useFakeTimers({ toFake: ["performance"] });
		const context = createSocketContext(
			host,
			requestWith({ cookie: await cookieOf(viewer.sessionId) }),
			unlimitedConnection,
		);
		expect(await context.findViewer()).toEqual(viewer);
		await test.accounts.operator.disableAccount("ann");
		expect(await context.findViewer()).toEqual(viewer);
		vi.advanceTimersByTime(16_000);
		expect(await context.findViewer()).toBeUndefined();
	});

	it("asks again at once when it is told that sessions ended", async () => {
		await using test = await createTestAccounts();
		await using testHost = await createTestHost(test);
		const viewer = await signedIn(test);
		const cookie = await cookieOf(viewer.sessionId);
		const context = createSocketContext(testHost.host, requestWith({ cookie }), unlimitedConnection);
		expect(await context.findViewer()).toEqual(viewer);
		await test.accounts.signOut(viewer);
		test.accounts.noteSessionsEnded();
		expect(await context.findViewer()).toBeUndefined();
	});

	it("tells a session that was ended from one that grew old, and from none", async () => {
		await using test = await createTestAccounts();
		await using testHost = await createTestHost(test);
		const old = await signedIn(test);
		const signIn = { username: "ann", password: testPassword, deviceName: "", address: "a" };
		const ended = await test.accounts.signIn(signIn);
		await test.accounts.signOut(ended);
		await test.database.pool.query("UPDATE sessions SET last_used_at = 'epoch' WHERE id = $1", [old.sessionId]);
		const refusalOf = async (cookie: string) => {
			const context = createSocketContext(testHost.host, requestWith({ cookie }), unlimitedConnection);
			const refused = await appRouter
				.createCaller(context)
				.accounts.me()
				.catch((error: TRPCError) => error);
			return refused instanceof TRPCError ? wireErrorOf(refused, undefined).code : "answered";
		};
		expect(await refusalOf(await cookieOf(ended.sessionId))).toBe("session-revoked");
		expect(await refusalOf(await cookieOf(old.sessionId))).toBe("not-signed-in");
		expect(await refusalOf(await cookieOf("unknown"))).toBe("not-signed-in");
		expect(await refusalOf(await cookieOf(ended.sessionId, "x".repeat(32)))).toBe("not-signed-in");
		expect(await refusalOf("")).toBe("not-signed-in");
	});

	it("takes no cookie that another secret made, and asks again after the database was away", async () => {
		await using test = await createTestAccounts();
		const viewer = await signedIn(test);
		await using testHost = await createTestHost(test);
		const { host } = testHost;
		testHost.loseDatabase();
		const forged = createSocketContext(
			host,
			requestWith({ cookie: await cookieOf(viewer.sessionId, "x".repeat(32)) }),
			unlimitedConnection,
		);
		expect(await forged.findViewer()).toBeUndefined();
		const context = createSocketContext(
			host,
			requestWith({ cookie: await cookieOf(viewer.sessionId) }),
			unlimitedConnection,
		);
		await expect(context.findViewer()).rejects.toMatchObject({ code: "unavailable" });
		testHost.findDatabase();
		expect(await context.findViewer()).toEqual(viewer);
	});

	it("is opened only for our own page", async () => {
		await using test = await createTestAccounts();
		await using testHost = await createTestHost(test);
		const { host } = testHost;
		const host3000 = { host: "chat.test:3000" };
		expect(mayOpenSocket(host, requestWith({ ...host3000, origin: "http://chat.test:3000" }))).toBe(true);
		expect(mayOpenSocket(host, requestWith({ ...host3000, origin: "https://evil.test" }))).toBe(false);
		expect(mayOpenSocket(host, requestWith(host3000))).toBe(false);
	});
});
