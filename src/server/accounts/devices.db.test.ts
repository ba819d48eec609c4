import { describe, expect, it } from "vitest";
import { createTestAccounts, type TestAccounts, testPassword } from "../../../tests/setup/test-accounts.ts";

const code = (expected: string) => expect.objectContaining({ name: "AppError", code: expected });
const proof = { kind: "password", password: testPassword } as const;
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
		await accounts.revokeDevice(laptop, { deviceId: phone.deviceId, proof });
		await accounts.revokeDevice(laptop, { deviceId: phone.deviceId, proof });
		expect(await accounts.resolveSession(phone.sessionId)).toBeUndefined();
		expect(await accounts.resolveSession(laptop.sessionId)).toBeDefined();
		expect(test.published).toEqual([{ kind: "sessions-revoked", userId: laptop.userId, sessionId: phone.sessionId }]);
	});

	it("ends all sessions but this one", async () => {
		await using all = await withAnnAndMallory();
		const { accounts, test, laptop, phone, mallory } = all;
		const tablet = await enter(test, "ann", "Tablet");
		await accounts.revokeOtherDevices(laptop, proof);
		for (const ended of [phone, tablet]) expect(await accounts.resolveSession(ended.sessionId)).toBeUndefined();
		for (const standing of [laptop, mallory]) {
			expect(await accounts.resolveSession(standing.sessionId)).toBeDefined();
		}
	});

	it("never reaches the devices of somebody else", async () => {
		await using all = await withAnnAndMallory();
		const { accounts, test, laptop, phone, mallory } = all;
		await accounts.revokeDevice(mallory, { deviceId: phone.deviceId, proof });
		await accounts.revokeOtherDevices(mallory, proof);
		for (const session of [laptop, phone]) {
			expect(await accounts.resolveSession(session.sessionId)).toBeDefined();
		}
		expect(test.published).toEqual([]);
	});
});

describe("a session that somebody stole", () => {
	const relyingParty = { id: "chat.example.org", origin: "https://chat.example.org" };

	it("signs no other device out by itself: not without a proof, not by a guess, not by a made-up one", async () => {
		await using all = await withAnnAndMallory();
		const { accounts, test, laptop, phone } = all;
		const stolen = { ...phone };
		const other = { deviceId: laptop.deviceId };
		await expect(accounts.revokeDevice(stolen, { ...other, proof: undefined })).rejects.toEqual(
			code("confirmation-needed"),
		);
		const madeUp = [
			{ kind: "password", password: "wrong horse" },
			{ kind: "provider", ticket: undefined },
			{ kind: "provider", ticket: "a-made-up-ticket-of-some-length" },
		] as const;
		for (const made of madeUp) {
			await expect(accounts.revokeDevice(stolen, { ...other, proof: made })).rejects.toEqual(code("wrong-credentials"));
			await expect(accounts.revokeOtherDevices(stolen, made)).rejects.toMatchObject({ name: "AppError" });
		}
		expect(await accounts.resolveSession(laptop.sessionId)).toBeDefined();
		expect(test.published).toEqual([]);
	});

	it("gets no passkey into the account that would prove it, and takes none away", async () => {
		await using all = await withAnnAndMallory();
		const { accounts, phone } = all;
		const made = { kind: "password", password: "wrong horse" } as const;
		await expect(accounts.passkeys.beginAdd(phone, { relyingParty, proof: made })).rejects.toEqual(
			code("wrong-credentials"),
		);
		await expect(accounts.passkeys.remove(phone, { id: "any", proof: made })).rejects.toEqual(
			code("wrong-credentials"),
		);
	});

	it("has to wait after some guesses, and keeps nobody waiting who signs it out from another device", async () => {
		await using all = await withAnnAndMallory();
		const { accounts, laptop, phone } = all;
		const codes: string[] = [];
		for (let guess = 0; guess < 8; guess += 1) {
			const guessed = { kind: "password", password: `wrong horse ${guess}` } as const;
			codes.push(await accounts.revokeOtherDevices(phone, guessed).catch((error) => error.code));
		}
		expect(codes.slice(0, 5)).toEqual(Array(5).fill("wrong-credentials"));
		expect(codes.at(-1)).toBe("too-many-requests");
		await expect(accounts.revokeOtherDevices(phone, proof)).rejects.toEqual(code("too-many-requests"));
		await accounts.revokeDevice(laptop, { deviceId: phone.deviceId, proof });
		expect(await accounts.resolveSession(phone.sessionId)).toBeUndefined();
	});

	it("may end itself, as its person may: that needs no proof", async () => {
		await using all = await withAnnAndMallory();
		const { accounts, phone } = all;
		await accounts.revokeDevice(phone, { deviceId: phone.deviceId, proof: undefined });
		expect(await accounts.resolveSession(phone.sessionId)).toBeUndefined();
	});
});
