import { describe, expect, it } from "vitest";
import { createTestAccounts, type TestAccounts, testPassword } from "../../../tests/setup/test-accounts.ts";

const code = (expected: string) => expect.objectContaining({ name: "AppError", code: expected });
const dayMs = 24 * 60 * 60 * 1000;

const enter = (test: TestAccounts, username: string, deviceName: string) =>
	test.accounts.signIn({ username, password: testPassword, deviceName, address: "192.0.2.7" });

const withAnnAndMallory = async () => {
	const test = await createTestAccounts();
	await test.addPerson("ann");
	await test.addPerson("mallory");
	const laptop = await enter(test, "ann", "Laptop");
	const phone = await enter(test, "ann", "Phone");
	const mallory = await enter(test, "mallory", "Mallory's");
	return {
		test,
		accounts: test.accounts,
		...{ laptop, phone, mallory },
		[Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
	};
};

describe("the list of devices", () => {
	it("shows this one first, each with its name, and nothing that opens a session", async () => {
		await using all = await withAnnAndMallory();
		const { accounts, laptop, phone } = all;
		const devices = await accounts.listDevices(laptop);
		expect(devices.map(({ name, isThis }) => [name, isThis])).toEqual([
			["Laptop", true],
			["Phone", false],
		]);
		expect(JSON.stringify(devices)).not.toContain(phone.sessionId);
	});

	it("leaves out what was idle for too long to be signed in still", async () => {
		await using all = await withAnnAndMallory();
		const { accounts, test, laptop } = all;
		test.clock.pass(170 * dayMs);
		await accounts.resolveSession(laptop.sessionId);
		test.clock.pass(11 * dayMs);
		expect((await accounts.listDevices(laptop)).map(({ name }) => name)).toEqual(["Laptop"]);
	});

	it("takes another name for a device, though not for somebody else's", async () => {
		await using all = await withAnnAndMallory();
		const { accounts, laptop, phone, mallory } = all;
		await accounts.renameDevice(laptop, { deviceId: phone.deviceId, name: " Ann's \u202Ephone " });
		expect((await accounts.listDevices(laptop)).map(({ name }) => name)).toEqual(["Laptop", "Ann's phone"]);
		await expect(accounts.renameDevice(mallory, { deviceId: phone.deviceId, name: "mine" })).rejects.toEqual(
			code("not-found"),
		);
	});
});

describe("signing devices out", () => {
	it("ends one session and tells the other processes which", async () => {
		await using all = await withAnnAndMallory();
		const { accounts, test, laptop, phone } = all;
		await accounts.revokeDevice(laptop, phone.deviceId);
		await accounts.revokeDevice(laptop, phone.deviceId);
		expect(await accounts.resolveSession(phone.sessionId)).toBeUndefined();
		expect(await accounts.resolveSession(laptop.sessionId)).toBeDefined();
		expect(test.published).toEqual([{ kind: "sessions-revoked", userId: laptop.userId, sessionId: phone.sessionId }]);
	});

	it("ends all sessions but this one", async () => {
		await using all = await withAnnAndMallory();
		const { accounts, test, laptop, phone, mallory } = all;
		const tablet = await enter(test, "ann", "Tablet");
		await accounts.revokeOtherDevices(laptop);
		for (const ended of [phone, tablet]) expect(await accounts.resolveSession(ended.sessionId)).toBeUndefined();
		for (const standing of [laptop, mallory]) {
			expect(await accounts.resolveSession(standing.sessionId)).toBeDefined();
		}
	});

	it("never reaches the devices of somebody else", async () => {
		await using all = await withAnnAndMallory();
		const { accounts, test, laptop, phone, mallory } = all;
		await accounts.revokeDevice(mallory, phone.deviceId);
		await accounts.revokeOtherDevices(mallory);
		for (const session of [laptop, phone]) {
			expect(await accounts.resolveSession(session.sessionId)).toBeDefined();
		}
		expect(test.published).toEqual([]);
	});
});
