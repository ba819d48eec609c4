import { describe, expect, it } from "vitest";
import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import { createTestAccounts, testPassword } from "../../../../../tests/setup/test-accounts.ts";
import { createTestBrowser, type TestBrowser } from "../../../../../tests/setup/test-browser.ts";
import { createTestHost } from "../../../../../tests/setup/test-host.ts";
import { startTestWebServer } from "../../../../../tests/setup/test-web-server.ts";
import { unlimitedConnection } from "../../../../../tests/setup/unlimited-connection.ts";
import { unreadableReasons } from "../../../../shared/wire/unreadable-reasons.ts";
import { appRouter } from "../../app-router.ts";

const startAll = async () => {
	const test = await createTestAccounts();
	const testHost = await createTestHost(test);
	const server = await startTestWebServer(testHost.host);
	await test.makeOwner("olive");
	await test.addPerson("ann");
	const as = async (localpart: string): Promise<TestBrowser> => {
		const browser = createTestBrowser(server.origin);
		await browser.signIn(localpart, testPassword);
		return browser;
	};
	return {
		...{ test, testHost, as, origin: server.origin },
		stranger: createTestBrowser(server.origin),
		[Symbol.asyncDispose]: async () => {
			await server[Symbol.asyncDispose]();
			await testHost[Symbol.asyncDispose]();
			await test[Symbol.asyncDispose]();
		},
	};
};

/** At run time procedures are flat, by path. */
const byPath = appRouter._def.procedures as unknown as Readonly<Record<string, { _def: { type: string } }>>;
const procedures = Object.entries(byPath)
	.filter(([path]) => path.startsWith("admin."))
	.map(([path, { _def }]) => ({ path, isQuery: _def.type === "query" }));

const call = async (browser: TestBrowser, path: string, input?: unknown): Promise<Response> =>
	procedures.find((one) => one.path === path)?.isQuery === true
		? browser.get(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input ?? {}))}`)
		: browser.postJson(`/api/trpc/${path}`, input ?? {});

const dataOf = async (response: Response) => (await response.json()).result?.data;
const codeOf = async (response: Response) => (await response.json()).error?.data.kith.code;

describe("the owner's procedures", () => {
	it("refuse strangers and ordinary people, every one of them, whatever is sent", async () => {
		await using all = await startAll();
		const ann = await all.as("ann");
		expect(procedures.length).toBeGreaterThan(7);
		for (const { path } of procedures) {
			expect([path, await codeOf(await call(all.stranger, path))]).toEqual([path, "not-signed-in"]);
			expect([path, await codeOf(await call(ann, path))]).toEqual([path, "forbidden"]);
		}
	});

	it("ask anew at each call: whoever was the owner when the socket opened may be no more", async () => {
		await using all = await startAll();
		const { pool } = all.test.database;
		const [session] = (await pool.query("SELECT id, user_id FROM sessions")).rows;
		expect(session).toBeUndefined();
		await all.as("olive");
		const [row] = (await pool.query("SELECT id, user_id FROM sessions")).rows;
		const viewer = { userId: row.user_id as UserId, sessionId: row.id, deviceId: "D", isOwner: true };
		const context = {
			...{ areas: all.testHost.host, requestId: "r", address: "a", connection: unlimitedConnection },
			...{ relyingParty: undefined, identityTicket: undefined, confirmationTicket: undefined },
			findViewer: async () => viewer,
			isRevoked: async () => false,
		};
		const caller = appRouter.createCaller(context);
		expect((await caller.admin.people({})).items).toHaveLength(2);
		await pool.query("UPDATE users SET is_owner = false");
		await expect(caller.admin.people({})).rejects.toMatchObject({ code: "FORBIDDEN" });
		await pool.query("UPDATE users SET is_owner = true WHERE localpart = 'olive'");
		await pool.query("UPDATE sessions SET revoked_at = now()");
		await expect(caller.admin.people({})).rejects.toMatchObject({ code: "UNAUTHORIZED" });
	});

	it("list people with what their devices did, in pages, and find them", async () => {
		await using all = await startAll();
		const olive = await all.as("olive");
		for (const name of ["ben", "cleo", "dan_1"]) await all.test.addPerson(name);
		const first = await dataOf(await call(olive, "admin.people", { limit: 3 }));
		expect(first.items.map(({ localpart }: { localpart: string }) => localpart)).toEqual(["ann", "ben", "cleo"]);
		const second = await dataOf(await call(olive, "admin.people", { limit: 3, cursor: first.nextCursor }));
		expect(second).toMatchObject({
			items: [
				{ localpart: "dan_1", sessionCount: 0 },
				{ localpart: "olive", isOwner: true, sessionCount: 1 },
			],
		});
		expect(second.nextCursor).toBeUndefined();
		for (const [text, found] of [
			["@BEN:kith.test", ["ben"]],
			["_", ["dan_1"]],
			["%", []],
			["\u0000", []],
			["OL", ["olive"]],
		]) {
			const { items } = await dataOf(await call(olive, "admin.people", { text }));
			expect(items.map(({ localpart }: { localpart: string }) => localpart)).toEqual(found);
		}
	});

	it("make an account, give a new password that ends its sessions, and switch it off and on", async () => {
		await using all = await startAll();
		const olive = await all.as("olive");
		const made = await dataOf(await call(olive, "admin.addPerson", { localpart: "ben", displayName: "Ben" }));
		const ben = createTestBrowser(all.origin);
		expect(made.userId).toBe("@ben:kith.test");
		expect((await ben.signIn("ben", made.password)).status).toBe(200);
		const { password } = await dataOf(await call(olive, "admin.resetPassword", { userId: made.userId }));
		expect((await ben.get("/api/trpc/accounts.me")).status).toBe(401);
		expect((await ben.signIn("ben", made.password)).status).toBe(401);
		expect((await ben.signIn("ben", password)).status).toBe(200);
		await call(olive, "admin.setDisabled", { userId: made.userId, isDisabled: true });
		expect((await ben.get("/api/trpc/accounts.me")).status).toBe(401);
		expect((await ben.signIn("ben", password)).error).toBe("account-disabled");
		await call(olive, "admin.setDisabled", { userId: made.userId, isDisabled: false });
		expect((await ben.signIn("ben", password)).status).toBe(200);
		expect(all.test.logLines.join("\n")).not.toContain(password);
	});

	it("do nothing to the owner's own account", async () => {
		await using all = await startAll();
		const olive = await all.as("olive");
		const userId = "@olive:kith.test";
		expect(await codeOf(await call(olive, "admin.resetPassword", { userId }))).toBe("forbidden");
		expect(await codeOf(await call(olive, "admin.setDisabled", { userId, isDisabled: true }))).toBe("forbidden");
		expect(await codeOf(await call(olive, "admin.resetPassword", { userId: "@nobody:kith.test" }))).toBe(
			"user-unknown",
		);
		expect((await olive.get("/api/trpc/accounts.me")).status).toBe(200);
	});

	it("make tokens that are shown once, list them without their secret, and take them back", async () => {
		await using all = await startAll();
		const olive = await all.as("olive");
		const { token } = await dataOf(await call(olive, "admin.createToken", { usesAllowed: 2, expiresInMs: 60_000 }));
		const register = (localpart: string, registrationToken: string) =>
			all.test.another("token").register({
				...{ localpart, displayName: localpart, password: testPassword, registrationToken, address: "192.0.2.9" },
			});
		await register("ben", token);
		const listed = await (await call(olive, "admin.tokens")).text();
		expect(listed).not.toContain(token);
		const [item] = JSON.parse(listed).result.data.items;
		expect(item).toMatchObject({ usesAllowed: 2, usesCount: 1, isInviteLink: false });
		await call(olive, "admin.removeToken", { id: item.id });
		expect(await dataOf(await call(olive, "admin.tokens"))).toEqual({ items: [] });
		await expect(register("cleo", token)).rejects.toMatchObject({ code: "registration-token-invalid" });
	});

	it("count what is there", async () => {
		await using all = await startAll();
		const olive = await all.as("olive");
		const { rooms, messages } = all.testHost.host;
		const userId = "@olive:kith.test" as UserId;
		const roomId = await rooms.create({ creatorId: userId, transactionId: "t", kind: "group", inviteeIds: [] });
		for (const body of ["one", "two"]) await messages.send({ userId, roomId, transactionId: body, body });
		const found = await dataOf(await call(olive, "admin.statistics"));
		expect(found).toMatchObject({ people: 2, disabledPeople: 0, activePeople: 1, sessions: 1, rooms: 1, messages: 2 });
		expect(found.messagesByDay).toHaveLength(14);
		expect(found.messagesByDay.at(-1).count).toBe(2);
		expect(found.databaseBytes).toBeGreaterThan(0);
		expect(found.kithVersion).toMatch(/^\d+\.\d+\.\d+/);
	});

	it("count what devices could not read, by reason, and keep nothing of whose it was", async () => {
		await using all = await startAll();
		const [olive, ann] = [await all.as("olive"), await all.as("ann")];
		const report = (counts: unknown) => ann.postJson("/api/trpc/messages.reportUnreadable", { counts });
		const noKey = (count: number) => ({ reason: "no-key", count });
		for (const counts of [[noKey(2)], [noKey(3), { reason: "replayed", count: 1 }]]) {
			expect((await report(counts)).status).toBe(200);
		}
		const tooMany = Array.from({ length: unreadableReasons.length + 1 }, () => noKey(1));
		const named = [{ ...noKey(1), roomId: "!room" }];
		for (const counts of [[], [{ reason: "because", count: 1 }], [noKey(0)], [noKey(1_000_000)], named, tooMany]) {
			expect(await codeOf(await report(counts))).toBe("bad-input");
		}
		const { pool } = all.test.database;
		await pool.query(
			"INSERT INTO unreadable_counts VALUES (now()::date - 20, 'damaged', 7), (now()::date - 100, 'no-key', 9)",
		);
		await report([{ reason: "replayed", count: 1 }]);
		const { unreadable } = await dataOf(await call(olive, "admin.statistics"));
		expect(unreadable).toEqual([noKey(5), { reason: "replayed", count: 2 }]);
		const { rows } = await pool.query("SELECT * FROM unreadable_counts ORDER BY day, reason");
		expect(rows).toHaveLength(3);
		expect(Object.keys(rows[0]).sort()).toEqual(["count", "day", "reason"]);
		const { unreadableSinceStart } = all.testHost.host.messages;
		expect([...unreadableSinceStart]).toEqual([
			["no-key", 5],
			["replayed", 2],
		]);
	});
});
