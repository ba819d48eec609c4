import { describe, expect, it } from "vitest";
import { createTestAccounts, type TestAccounts, testPassword } from "../../../tests/setup/test-accounts.ts";
import type { RegistrationPolicy } from "./public.ts";

const person = (localpart: string, registrationToken?: string) => ({
	localpart,
	displayName: localpart,
	password: testPassword,
	registrationToken,
	address: "192.0.2.7",
});

const code = (expected: string) => expect.objectContaining({ name: "AppError", code: expected });

const countUsers = async ({ database }: TestAccounts): Promise<number> => database.prisma.user.count();

describe("the owner's account", () => {
	it("comes first, by the one-time link alone, and the link works once", async () => {
		await using test = await createTestAccounts();
		const { accounts } = test;
		expect(await accounts.readRegistrationPolicy()).toMatchObject({ needsOwner: true, registration: "open" });
		await expect(accounts.register(person("eve"))).rejects.toEqual(code("registration-closed"));

		const token = (await accounts.issueOwnerToken()) ?? "";
		await expect(accounts.register(person("olive", token))).resolves.toMatchObject({ userId: "@olive:kith.test" });
		expect(await accounts.readRegistrationPolicy()).toMatchObject({ needsOwner: false });
		expect((await accounts.operator.listAccounts()).map(({ isOwner }) => isOwner)).toEqual([true]);

		await expect(accounts.register(person("eve", token))).rejects.toEqual(code("registration-token-invalid"));
		expect(await accounts.issueOwnerToken()).toBeUndefined();
	});

	it.each<RegistrationPolicy>(["token", "closed"])("is made under the policy %s too", async (registration) => {
		await using test = await createTestAccounts({ registration });
		await test.makeOwner();
		expect(await countUsers(test)).toBe(1);
	});

	it("is not made by the link of an earlier start", async () => {
		await using test = await createTestAccounts();
		const first = (await test.accounts.issueOwnerToken()) ?? "";
		await test.accounts.issueOwnerToken();
		await expect(test.accounts.register(person("eve", first))).rejects.toEqual(code("registration-token-invalid"));
	});

	it("is one, also when the link is used and the operator adds an owner at the same time", async () => {
		await using test = await createTestAccounts();
		const token = (await test.accounts.issueOwnerToken()) ?? "";
		await Promise.allSettled([
			test.accounts.register(person("olive", token)),
			test.accounts.register(person("olaf", token)),
			test.another("open").operator.addAccount({ localpart: "oscar", isOwner: true }),
		]);
		expect(await test.database.prisma.user.count({ where: { isOwner: true } })).toBe(1);
	});

	it("leaves the link usable when the chosen name is taken", async () => {
		await using test = await createTestAccounts();
		await test.addPerson("olive");
		const token = (await test.accounts.issueOwnerToken()) ?? "";
		await expect(test.accounts.register(person("olive", token))).rejects.toEqual(code("username-taken"));
		await expect(test.accounts.register(person("oskar", token))).resolves.toBeDefined();
	});
});

describe("registration tokens", () => {
	it("let exactly one of two people in who use a one-use token at the same time", async () => {
		await using test = await createTestAccounts({ registration: "token" });
		await test.makeOwner();
		for (let round = 0; round < 5; round += 1) {
			const token = await test.accounts.operator.createRegistrationToken({ usesAllowed: 1 });
			const outcomes = await Promise.allSettled([
				test.accounts.register(person(`ann${round}`, token)),
				test.another("token").register(person(`ben${round}`, token)),
			]);
			expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
			expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
				reason: code("registration-token-invalid"),
			});
		}
		expect(await countUsers(test)).toBe(6);
	});

	it("are needed, unknown ones refused, and expired ones too", async () => {
		await using test = await createTestAccounts({ registration: "token" });
		await test.makeOwner();
		const token = await test.accounts.operator.createRegistrationToken({ usesAllowed: 2, expiresInMs: 60_000 });
		for (const wrong of [
			undefined,
			"x".repeat(32),
			`${token}x`,
			"' OR 1=1 --",
			"\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000",
		]) {
			await expect(test.accounts.register(person("eve", wrong))).rejects.toEqual(code("registration-token-invalid"));
		}
		await test.accounts.register(person("ann", token));
		test.clock.pass(61_000);
		await expect(test.accounts.register(person("ben", token))).rejects.toEqual(code("registration-token-invalid"));
	});

	it("open nothing while registration is closed, and are not used up by trying", async () => {
		await using test = await createTestAccounts({ registration: "closed" });
		await test.makeOwner();
		const token = await test.accounts.operator.createRegistrationToken({ usesAllowed: 1 });
		await expect(test.accounts.register(person("eve", token))).rejects.toEqual(code("registration-closed"));
		await expect(test.accounts.register(person("eve"))).rejects.toEqual(code("registration-closed"));
		await expect(test.another("token").register(person("ann", token))).resolves.toBeDefined();
	});

	it("are stored as a hash alone", async () => {
		await using test = await createTestAccounts();
		const owners = await test.makeOwner();
		const token = await test.accounts.operator.createRegistrationToken({ usesAllowed: 1 });
		const stored = JSON.stringify(await test.database.prisma.registrationToken.findMany());
		expect(stored).not.toContain(owners);
		expect(stored).not.toContain(token);
	});
});

describe("names", () => {
	it("belong to one account for ever, also when twenty ask at once or the account is disabled", async () => {
		await using test = await createTestAccounts();
		await test.makeOwner();
		const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => test.accounts.register(person("ann"))));
		expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
		await test.accounts.operator.disableAccount("ann");
		await expect(test.accounts.register(person("ann"))).rejects.toEqual(code("username-taken"));
		expect(await test.accounts.checkUsername({ localpart: "ann", address: "a" })).toEqual({
			isFree: false,
			reason: "username-taken",
		});
		expect(await test.accounts.checkUsername({ localpart: "Ann'; --", address: "a" })).toEqual({
			isFree: false,
			reason: "username-invalid",
		});
		expect(await test.accounts.checkUsername({ localpart: "ben", address: "a" })).toEqual({ isFree: true });
	});

	it("are not told to strangers where nobody can register", async () => {
		await using test = await createTestAccounts({ registration: "closed" });
		await test.makeOwner();
		const answers = [];
		for (const localpart of ["olive", "nobody-here"]) {
			answers.push(await test.accounts.checkUsername({ localpart, address: "a" }));
		}
		expect(answers[0]).toEqual(answers[1]);
	});

	it("are told only to who could register, where that takes a token", async () => {
		await using test = await createTestAccounts({ registration: "token" });
		const used = await test.makeOwner();
		const token = await test.accounts.operator.createRegistrationToken({ usesAllowed: 1 });
		const ask = (localpart: string, registrationToken?: string) =>
			test.accounts.checkUsername({ localpart, registrationToken, address: "a" });
		const refused = { isFree: false, reason: "registration-token-invalid" };
		for (const localpart of ["olive", "nobody-here"]) {
			expect(await ask(localpart)).toEqual(refused);
			expect(await ask(localpart, "made-up-token")).toEqual(refused);
			expect(await ask(localpart, used)).toEqual(refused);
		}
		expect(await ask("olive", token)).toEqual({ isFree: false, reason: "username-taken" });
		expect(await ask("nobody-here", token)).toEqual({ isFree: true });
	});
});

describe("what a registration leaves behind", () => {
	it("keeps any text of a display name exactly, and finds people by it", async () => {
		await using test = await createTestAccounts();
		await test.makeOwner();
		const displayName = "Robert'); DROP TABLE users;-- 100%_\\ 👩‍👩‍👧 محمد";
		await test.accounts.register({ ...person("bobby"), displayName });
		const viewer = await test.accounts.signIn({
			...{ username: "olive", password: testPassword },
			...{ deviceName: "phone", address: "a" },
		});
		const search = async (text: string) => (await test.accounts.searchPeople(viewer, { text, limit: 10 })).items;
		const bobby = { userId: "@bobby:kith.test", displayName };
		for (const text of ["bob", "BOBBY", "@bobby:kith.test", "drop table", "100%_\\", "👩‍👩‍👧", "محمد"]) {
			expect(await search(text)).toEqual([bobby]);
		}
		for (const text of ["%", "_", "\\", "'"]) {
			expect(await search(text)).toEqual([bobby]);
		}
		for (const text of ["b%y", "b_bby", "\u0000", "\ud800", " ", "olive"]) {
			expect(await search(text)).toEqual([]);
		}
		await test.accounts.operator.disableAccount("bobby");
		expect(await search("bob")).toEqual([]);
	});

	it("writes neither passwords nor tokens into the log", async () => {
		await using test = await createTestAccounts();
		const token = await test.makeOwner();
		await test.accounts.register(person("ann"));
		await expect(test.accounts.register(person("ann"))).rejects.toThrow();
		expect(test.logLines.length).toBeGreaterThan(1);
		expect(test.logLines.join("\n")).not.toContain(testPassword);
		expect(test.logLines.join("\n")).not.toContain(token);
	});

	it("makes one address wait that registers too often", async () => {
		const registerByAddress = {
			freeAttempts: 2,
			firstDelayMs: 5000,
			maximumDelayMs: 5000,
			forgetAfterMs: 60_000,
			maximumKeys: 10,
		};
		await using test = await createTestAccounts({ limits: { registerByAddress } });
		await test.accounts.operator.addAccount({ localpart: "olive", isOwner: true });
		await test.accounts.register(person("ann"));
		await test.accounts.register(person("ben"));
		await expect(test.accounts.register(person("cat"))).rejects.toMatchObject({ code: "too-many-requests" });
		await expect(test.accounts.register({ ...person("dan"), address: "192.0.2.8" })).resolves.toBeDefined();
		test.clock.pass(5001);
		await expect(test.accounts.register(person("cat"))).resolves.toBeDefined();
	});
});
