import { expect, it } from "vitest";
import { createTestAccounts, testPassword } from "../../../tests/setup/test-accounts.ts";

const hourMs = 3_600_000;

const withAnn = async () => {
	const test = await createTestAccounts();
	await test.addPerson("ann");
	const enter = () =>
		test.accounts.signIn({ username: "ann", password: testPassword, deviceName: "Laptop", address: "192.0.2.7" });
	return { test, enter, ann: await enter(), [Symbol.asyncDispose]: () => test[Symbol.asyncDispose]() };
};

it("says for an hour whose it is, as often as it is asked, and opens no session", async () => {
	await using world = await withAnn();
	const { test, ann } = world;
	const { accounts, clock } = test;
	const { accessToken, expiresInMs } = await accounts.issueOpenIdToken(ann);
	expect(expiresInMs).toBe(hourMs);
	expect(await accounts.whoseOpenIdToken(accessToken)).toBe(ann.userId);
	expect(await accounts.resolveSession(accessToken)).toBeUndefined();
	clock.pass(hourMs - 60_000);
	expect(await accounts.whoseOpenIdToken(accessToken)).toBe(ann.userId);
	clock.pass(60_000);
	expect(await accounts.whoseOpenIdToken(accessToken)).toBeUndefined();
	expect(test.logLines.join()).not.toContain(accessToken);
});

it("is nobody's when it was made up, altered, of another kind, or its device is signed out", async () => {
	await using world = await withAnn();
	const { test, ann, enter } = world;
	const { accounts } = test;
	const { accessToken } = await accounts.issueOpenIdToken(ann);
	const altered = `${accessToken.startsWith("a") ? "b" : "a"}${accessToken.slice(1)}`;
	for (const token of [altered, "", "x", ann.sessionId, "\u0000", "a".repeat(10_000)]) {
		expect(await accounts.whoseOpenIdToken(token)).toBeUndefined();
	}
	await expect(accounts.signInWithTicket({ ticket: accessToken, deviceName: "Laptop" })).rejects.toMatchObject({
		code: "wrong-credentials",
	});
	await accounts.signOut(ann);
	expect(await accounts.whoseOpenIdToken(accessToken)).toBeUndefined();
	const again = await enter();
	const fresh = await accounts.issueOpenIdToken(again);
	expect(await accounts.whoseOpenIdToken(fresh.accessToken)).toBe(ann.userId);
});

it("is kept as a hash, and made no more often than somebody has use for", async () => {
	await using world = await withAnn();
	const { test, ann } = world;
	const { accessToken } = await test.accounts.issueOpenIdToken(ann);
	const { rows } = await test.database.pool.query("SELECT * FROM one_time_grants");
	expect(rows).toHaveLength(1);
	expect(JSON.stringify(rows)).not.toContain(accessToken);
	const refused = async () => {
		for (let at = 0; at < 40; at += 1) await test.accounts.issueOpenIdToken(ann);
	};
	await expect(refused()).rejects.toMatchObject({ code: "too-many-requests" });
});
