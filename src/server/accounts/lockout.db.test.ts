import { describe, expect, it } from "vitest";
import { createTestAccounts, type TestAccounts, testPassword } from "../../../tests/setup/test-accounts.ts";

const code = (expected: string) => expect.objectContaining({ name: "AppError", code: expected });
const hourMs = 60 * 60 * 1000;
const home = "198.51.100.1";
const annsLaptop = new Map([["@ann:kith.test", "key of ann's laptop"]]);

interface Guess {
	readonly address: string;
	readonly password?: string;
	readonly knownDevices?: ReadonlyMap<string, string>;
}

const enter = (test: TestAccounts, { password = testPassword, ...guess }: Guess) =>
	test.accounts.signIn({ username: "ann", deviceName: "", password, ...guess });

/** True when the guess was checked, false when it was turned away unread. */
const guess = async (test: TestAccounts, from: Guess): Promise<boolean> => {
	const refused = await enter(test, { password: "wrong horse battery", ...from }).catch((error) => error.code);
	return refused === "wrong-credentials";
};

const withAnn = async () => {
	const test = await createTestAccounts();
	await test.addPerson("ann");
	return test;
};

describe("a stranger who wants to keep somebody out", () => {
	it("cannot keep a known device out, from however many addresses, its own included", async () => {
		await using test = await withAnn();
		for (let index = 0; index < 130; index += 1) await guess(test, { address: `192.0.2.${index}` });
		for (let index = 0; index < 10; index += 1) await guess(test, { address: home });
		await expect(enter(test, { address: home, knownDevices: annsLaptop })).resolves.toBeDefined();
	});

	it("cannot keep a new device out from another address", async () => {
		await using test = await withAnn();
		for (let minute = 0; minute < 60; minute += 1) {
			for (let index = 0; index < 4; index += 1) await guess(test, { address: "192.0.2.66" });
			test.clock.pass(60_000);
		}
		await expect(enter(test, { address: home })).resolves.toBeDefined();
	});

	it("makes a new device wait for seconds at the most, guessing from a hundred addresses", async () => {
		await using test = await withAnn();
		for (let index = 0; index < 120; index += 1) await guess(test, { address: `192.0.2.${index}` });
		const refused = await enter(test, { address: home }).catch((error) => error);
		expect(refused).toEqual(code("too-many-requests"));
		expect(refused.retryAfterMs).toBeLessThanOrEqual(10_000);
		test.clock.pass(refused.retryAfterMs);
		await expect(enter(test, { address: home })).resolves.toBeDefined();
	});
});

describe("a stranger who guesses", () => {
	it("is turned away more and more, at one address", async () => {
		await using test = await withAnn();
		let checked = 0;
		for (let second = 0; second < 3600; second += 5) {
			if (await guess(test, { address: "192.0.2.66" })) checked += 1;
			test.clock.pass(5000);
		}
		expect(checked).toBeGreaterThanOrEqual(5);
		expect(checked).toBeLessThan(20);
	});

	it("meets the account's own limit from many addresses, and a good sign-in gives no fresh start", async () => {
		await using test = await withAnn();
		const burst = async (block: number): Promise<number> => {
			let checked = 0;
			for (let index = 0; index < 110; index += 1) {
				if (await guess(test, { address: `10.${block}.0.${index}` })) checked += 1;
			}
			return checked;
		};
		expect(await burst(1)).toBe(100);
		await enter(test, { address: home, knownDevices: annsLaptop });
		expect(await burst(2)).toBe(0);
	});

	it("is limited at a known device too, alone", async () => {
		await using test = await withAnn();
		let checked = 0;
		for (let index = 0; index < 30; index += 1) {
			if (await guess(test, { address: home, knownDevices: annsLaptop })) checked += 1;
		}
		expect(checked).toBe(10);
		await expect(enter(test, { address: home })).resolves.toBeDefined();
	});

	it("gains nothing by a device that knows another account", async () => {
		await using test = await withAnn();
		const mallorys = new Map([["@mallory:kith.test", "key of mallory's phone"]]);
		let checked = 0;
		for (let index = 0; index < 30; index += 1) {
			if (await guess(test, { address: "192.0.2.66", knownDevices: mallorys })) checked += 1;
		}
		expect(checked).toBe(5);
	});

	it("may go on after an hour of quiet", async () => {
		await using test = await withAnn();
		for (let index = 0; index < 8; index += 1) await guess(test, { address: "192.0.2.66" });
		test.clock.pass(hourMs);
		expect(await guess(test, { address: "192.0.2.66" })).toBe(true);
	});
});
