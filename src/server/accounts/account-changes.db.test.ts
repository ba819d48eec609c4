import { describe, expect, it } from "vitest";
import { createTestAccounts, type TestAccounts, testPassword } from "../../../tests/setup/test-accounts.ts";

const code = (expected: string) => expect.objectContaining({ name: "AppError", code: expected });
const proof = { kind: "password", password: testPassword } as const;
const wrongProof = { kind: "password", password: "wrong horse" } as const;
const newPassword = "seven green bicycles";

const enter = (test: TestAccounts, password = testPassword, deviceName = "Laptop") =>
	test.accounts.signIn({ username: "ann", password, deviceName, address: "192.0.2.7" });

const withAnn = async () => {
	const test = await createTestAccounts();
	await test.addPerson("ann");
	return test;
};

describe("changing the password", () => {
	it("needs the current one and, if asked to, ends every other session", async () => {
		await using test = await withAnn();
		const [laptop, phone] = [await enter(test), await enter(test)];
		const change = { proof, newPassword, endsOtherSessions: true };
		await expect(test.accounts.changePassword(laptop, { ...change, proof: wrongProof })).rejects.toEqual(
			code("wrong-credentials"),
		);
		await expect(test.accounts.changePassword(laptop, { ...change, newPassword: "aaaaaaaaaaaa" })).rejects.toEqual(
			code("password-too-weak"),
		);
		await test.accounts.changePassword(laptop, change);
		expect(await test.accounts.resolveSession(laptop.sessionId)).toEqual(laptop);
		expect(await test.accounts.resolveSession(phone.sessionId)).toBeUndefined();
		expect(test.published).toEqual([
			{ kind: "sessions-revoked", userId: laptop.userId, exceptSessionId: laptop.sessionId },
		]);
		await expect(enter(test)).rejects.toEqual(code("wrong-credentials"));
		await expect(enter(test, newPassword)).resolves.toBeDefined();
	});

	it("leaves other sessions standing where that is wanted", async () => {
		await using test = await withAnn();
		const [laptop, phone] = [await enter(test), await enter(test)];
		await test.accounts.changePassword(laptop, {
			proof,
			newPassword,
			endsOtherSessions: false,
		});
		expect(await test.accounts.resolveSession(phone.sessionId)).toEqual(phone);
		expect(test.published).toEqual([]);
	});

	it("makes whoever guesses at an open device wait, and its person can still sign in", async () => {
		await using test = await withAnn();
		const laptop = await enter(test);
		const codes = [];
		for (let index = 0; index < 7; index += 1) {
			const guess = {
				proof: { ...wrongProof, password: `wrong horse ${index}` },
				newPassword,
				endsOtherSessions: true,
			};
			codes.push(await test.accounts.changePassword(laptop, guess).catch((error) => error.code));
		}
		expect(codes.slice(0, 5)).toEqual(Array(5).fill("wrong-credentials"));
		expect(codes.at(-1)).toBe("too-many-requests");
		await expect(enter(test)).resolves.toBeDefined();
	});

	it("of two changes at once lets one through", async () => {
		await using test = await withAnn();
		const laptop = await enter(test);
		const outcomes = await Promise.allSettled(
			["seven green bicycles", "eight green bicycles"].map((wanted) =>
				test.accounts.changePassword(laptop, {
					proof,
					newPassword: wanted,
					endsOtherSessions: false,
				}),
			),
		);
		expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
	});
});

describe("changing the name", () => {
	it("stores it and shows it in the person's rooms; an unfit one changes nothing", async () => {
		await using test = await withAnn();
		const laptop = await enter(test);
		expect(await test.accounts.changeDisplayName(laptop, " Ann Archer ")).toEqual({ displayName: "Ann Archer" });
		expect(test.shown).toEqual([laptop.userId]);
		await expect(test.accounts.changeDisplayName(laptop, "nnA\u202E")).rejects.toEqual(code("bad-input"));
		expect((await test.accounts.readOwnProfile(laptop)).displayName).toBe("Ann Archer");
	});
});

describe("deactivating an account", () => {
	it("leaves the rooms, ends the sessions and keeps the name taken", async () => {
		await using test = await withAnn();
		const [laptop, phone] = [await enter(test), await enter(test)];
		await expect(test.accounts.deactivate(laptop, wrongProof)).rejects.toEqual(code("wrong-credentials"));
		expect(test.left).toEqual([]);
		await test.accounts.deactivate(laptop, proof);
		expect(test.left).toEqual([laptop.userId]);
		for (const session of [laptop, phone]) {
			expect(await test.accounts.resolveSession(session.sessionId)).toBeUndefined();
		}
		expect(test.published).toEqual([{ kind: "sessions-revoked", userId: laptop.userId }]);
		await expect(enter(test)).rejects.toEqual(code("account-disabled"));
		await expect(enter(test, "wrong horse battery")).rejects.toEqual(code("wrong-credentials"));
		await expect(test.addPerson("ann")).rejects.toEqual(code("username-taken"));
	});

	it("is refused to the owner", async () => {
		await using test = await createTestAccounts();
		await test.makeOwner("ann");
		const laptop = await enter(test);
		await expect(test.accounts.deactivate(laptop, proof)).rejects.toEqual(code("forbidden"));
		expect(test.left).toEqual([]);
		expect(await test.accounts.resolveSession(laptop.sessionId)).toBeDefined();
	});
});
