import type { IncomingMessage } from "node:http";
import { encode } from "next-auth/jwt";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createTestAccounts, testPassword } from "../../../tests/setup/test-accounts.ts";
import { createSocketContext, mayOpenSocket } from "./context.ts";
import { sessionIdClaim } from "./session/session-cookie.ts";

const authSecret = "a secret of at least thirty-two bytes";
const requestWith = (headers: Record<string, string>) => ({ headers, socket: {} }) as IncomingMessage;

const cookieOf = async (sessionId: string, secret = authSecret): Promise<string> =>
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
		const host = { accounts: test.accounts, log: test.log, web: { authSecret, publicOrigin: undefined } };
		vi.useFakeTimers({ toFake: ["performance"] });
		const context = createSocketContext(host, requestWith({ cookie: await cookieOf(viewer.sessionId) }));
		expect(await context.findViewer()).toEqual(viewer);
		await test.accounts.operator.disableAccount("ann");
		vi.advanceTimersByTime(16_000);
		expect(await context.findViewer()).toBeUndefined();
	});

	it("takes no cookie that another secret made, and asks again after the database was away", async () => {
		await using test = await createTestAccounts();
		const viewer = await signedIn(test);
		let accounts = test.unreachable;
		const host = {
			get accounts() {
				return accounts;
			},
			log: test.log,
			web: { authSecret, publicOrigin: undefined },
		};
		const forged = createSocketContext(host, requestWith({ cookie: await cookieOf(viewer.sessionId, "x".repeat(32)) }));
		expect(await forged.findViewer()).toBeUndefined();
		const context = createSocketContext(host, requestWith({ cookie: await cookieOf(viewer.sessionId) }));
		await expect(context.findViewer()).rejects.toMatchObject({ code: "unavailable" });
		accounts = test.accounts;
		expect(await context.findViewer()).toEqual(viewer);
	});

	it("is opened only for our own page", async () => {
		await using test = await createTestAccounts();
		const host = { accounts: test.accounts, log: test.log, web: { authSecret, publicOrigin: undefined } };
		const host3000 = { host: "chat.test:3000" };
		expect(mayOpenSocket(host, requestWith({ ...host3000, origin: "http://chat.test:3000" }))).toBe(true);
		expect(mayOpenSocket(host, requestWith({ ...host3000, origin: "https://evil.test" }))).toBe(false);
		expect(mayOpenSocket(host, requestWith(host3000))).toBe(false);
	});
});
