import { describe, expect, it } from "vitest";
import { createTestAccounts, testPassword } from "../../../tests/setup/test-accounts.ts";
import { defaultAccountLimits } from "./account-limits.ts";

const code = (expected: string) => expect.objectContaining({ name: "AppError", code: expected });

/** The first wait is longer than a busy machine takes for the next attempt. */
const limits = { signInByPair: { ...defaultAccountLimits.signInByPair, firstDelayMs: 60_000 } };

const attempt = (username: string, password = testPassword, address = "192.0.2.7") => ({
	username,
	password,
	deviceName: "Ann's phone",
	address,
});

describe("signing in", () => {
	it("makes a session per device that resolves to its person", async () => {
		await using test = await createTestAccounts();
		await test.addPerson("ann");
		const phone = await test.accounts.signIn(attempt("ann"));
		const laptop = await test.accounts.signIn(attempt(" @Ann:kith.test "));
		expect(phone.deviceId).toMatch(/^[A-Z]{10}$/);
		expect(phone.deviceId).not.toBe(laptop.deviceId);
		expect(await test.accounts.resolveSession(phone.sessionId)).toEqual(phone);
		expect(await test.accounts.readOwnProfile(phone)).toEqual({
			userId: "@ann:kith.test",
			displayName: "ann",
			isOwner: false,
			deviceId: phone.deviceId,
			serverName: "kith.test",
		});
	});

	it("answers an unknown name as it answers a wrong password", async () => {
		await using test = await createTestAccounts();
		await test.addPerson("ann");
		const errors = [];
		for (const username of ["ann", "nobody", "' OR 1=1 --", "ann\u0000", "änn", "a".repeat(5000), ""]) {
			errors.push(await test.accounts.signIn(attempt(username, "wrong horse battery")).catch((error) => error));
		}
		for (const error of errors) {
			expect(error).toEqual(code("wrong-credentials"));
			expect(error.message).toBe("wrong-credentials");
		}
	});

	it("checks a password once for every name, so that the time tells nothing either", async () => {
		await using test = await createTestAccounts();
		await test.makeOwner();
		await test.addPerson("ann");
		await test.addPerson("ben");
		await test.accounts.operator.disableAccount("ben");
		const options = { relyingParty: { id: "kith.test", origin: "https://kith.test" }, address: "192.0.2.7" };
		await test.accounts.passkeys.beginSignUp({ localpart: "cleo", displayName: "Cleo", ...options });
		const names = ["ann", "ben", "nobody", "cleo", "ann\u0000", "änn", "@ann:elsewhere.test", "a".repeat(5000)];
		for (const username of names) {
			await expect(test.accounts.signIn(attempt(username, "wrong horse battery"))).rejects.toBeDefined();
		}
		expect(test.checked).toEqual(["hash", "hash", ...Array(6).fill("nobody")]);
	});

	it("limits an unknown name as it limits a known one", async () => {
		await using test = await createTestAccounts({ limits });
		await test.addPerson("ann");
		const codesOf = async (username: string): Promise<string[]> => {
			const codes = [];
			for (let index = 0; index < 7; index += 1) {
				codes.push(await test.accounts.signIn(attempt(username, "wrong horse")).catch((error) => error.code));
			}
			return codes;
		};
		const known = await codesOf("ann");
		expect(known).toContain("wrong-credentials");
		expect(known.at(-1)).toBe("too-many-requests");
		expect(await codesOf("nobody")).toEqual(known);
	});

	it("lets no burst of guesses pass together, and the person in again after the wait", async () => {
		await using test = await createTestAccounts({ limits });
		await test.addPerson("ann");
		const guesses = await Promise.allSettled(
			Array.from({ length: 25 }, (_, index) => test.accounts.signIn(attempt("ann", `wrong horse ${index}`))),
		);
		const codes = guesses.map((guess) => (guess.status === "rejected" ? guess.reason.code : "in"));
		expect(codes.filter((value) => value === "wrong-credentials")).toHaveLength(5);
		expect(codes.filter((value) => value === "too-many-requests")).toHaveLength(20);
		const refused = await test.accounts.signIn(attempt("ann")).catch((error) => error);
		expect(refused.retryAfterMs).toBeGreaterThan(0);
		test.clock.pass(refused.retryAfterMs);
		await expect(test.accounts.signIn(attempt("ann"))).resolves.toBeDefined();
	});

	it("makes an address wait that tries many names, also when a good sign-in comes between", async () => {
		const signInByAddress = {
			freeAttempts: 3,
			firstDelayMs: 1000,
			maximumDelayMs: 1000,
			forgetAfterMs: 60_000,
			maximumKeys: 10,
		};
		await using test = await createTestAccounts({ limits: { signInByAddress } });
		await test.addPerson("mallory");
		const codes = [];
		for (const username of ["a1", "a2", "mallory", "a3", "a4"]) {
			const outcome = test.accounts.signIn(attempt(username)).then(() => "in");
			codes.push(await outcome.catch((error) => error.code));
		}
		expect(codes).toEqual(["wrong-credentials", "wrong-credentials", "in", "wrong-credentials", "too-many-requests"]);
	});

	it("writes neither passwords nor session ids into the log", async () => {
		await using test = await createTestAccounts();
		await test.addPerson("ann");
		const viewer = await test.accounts.signIn(attempt("ann"));
		await test.accounts.signIn(attempt("ann", "wrong horse battery")).catch(() => undefined);
		await test.accounts.signOut(viewer);
		const log = test.logLines.join("\n");
		expect(log).toContain("signed in");
		for (const secret of [testPassword, "wrong horse", viewer.sessionId]) {
			expect(log).not.toContain(secret);
		}
	});
});

describe("the end of a session", () => {
	it("comes by signing out, for that device alone, and the others are told", async () => {
		await using test = await createTestAccounts();
		await test.addPerson("ann");
		const phone = await test.accounts.signIn(attempt("ann"));
		const laptop = await test.accounts.signIn(attempt("ann"));
		await test.accounts.signOut(phone);
		await test.accounts.signOut(phone);
		expect(await test.accounts.resolveSession(phone.sessionId)).toBeUndefined();
		await expect(test.accounts.readOwnProfile(phone)).rejects.toEqual(code("not-signed-in"));
		expect(await test.accounts.resolveSession(laptop.sessionId)).toBeDefined();
		expect(test.published[0]).toEqual({
			kind: "sessions-revoked",
			userId: "@ann:kith.test",
			sessionId: phone.sessionId,
		});
	});

	it("comes with the account's disabling, which only who knows the password is told of", async () => {
		await using test = await createTestAccounts();
		await test.addPerson("ann");
		const viewer = await test.accounts.signIn(attempt("ann"));
		await test.accounts.operator.disableAccount("@ann:kith.test");
		expect(await test.accounts.resolveSession(viewer.sessionId)).toBeUndefined();
		expect(test.published).toEqual([{ kind: "sessions-revoked", userId: "@ann:kith.test" }]);
		await expect(test.accounts.signIn(attempt("ann"))).rejects.toEqual(code("account-disabled"));
		await expect(test.accounts.signIn(attempt("ann", "wrong horse"))).rejects.toEqual(code("wrong-credentials"));
		await test.accounts.operator.enableAccount("ann");
		await expect(test.accounts.signIn(attempt("ann"))).resolves.toBeDefined();
		expect(await test.accounts.resolveSession(viewer.sessionId)).toBeUndefined();
	});

	it("comes with a new password, and the old one is gone", async () => {
		await using test = await createTestAccounts();
		await test.addPerson("ann");
		const viewer = await test.accounts.signIn(attempt("ann"));
		const { password } = await test.accounts.operator.resetPassword({ name: "ann" });
		expect(await test.accounts.resolveSession(viewer.sessionId)).toBeUndefined();
		await expect(test.accounts.signIn(attempt("ann"))).rejects.toEqual(code("wrong-credentials"));
		await expect(test.accounts.signIn(attempt("ann", password))).resolves.toBeDefined();
	});

	it("spares no session that was being made while the password was reset", async () => {
		await using test = await createTestAccounts();
		await test.addPerson("ann");
		for (let round = 0; round < 6; round += 1) {
			const password = `password number ${round}`;
			await test.accounts.operator.resetPassword({ name: "ann", password });
			const [signedIn] = await Promise.allSettled([
				test.accounts.signIn(attempt("ann", password, `192.0.2.${round}`)),
				test.accounts.operator.resetPassword({ name: "ann", password: "the final password" }),
			]);
			if (signedIn.status === "fulfilled") {
				expect(await test.accounts.resolveSession(signedIn.value.sessionId)).toBeUndefined();
			}
		}
		expect(await test.database.prisma.session.count({ where: { revokedAt: null } })).toBe(0);
	});

	it("comes when the device was not used for half a year, and each use puts it off", async () => {
		await using test = await createTestAccounts();
		await test.addPerson("ann");
		const used = await test.accounts.signIn(attempt("ann"));
		const idle = await test.accounts.signIn(attempt("ann"));
		test.clock.pass(100 * 24 * 3_600_000);
		expect(await test.accounts.resolveSession(used.sessionId)).toBeDefined();
		test.clock.pass(100 * 24 * 3_600_000);
		expect(await test.accounts.resolveSession(used.sessionId)).toBeDefined();
		expect(await test.accounts.resolveSession(idle.sessionId)).toBeUndefined();
	});

	it("is what every made-up session id resolves to", async () => {
		await using test = await createTestAccounts();
		for (const sessionId of ["", "x", "' OR 1=1 --", "\u0000", "x".repeat(100_000), "-".repeat(32)]) {
			expect(await test.accounts.resolveSession(sessionId)).toBeUndefined();
		}
	});
});

describe("the operator", () => {
	it("is told when the account is not there or the password is poor", async () => {
		await using test = await createTestAccounts();
		await expect(test.accounts.operator.disableAccount("nobody")).rejects.toEqual(code("user-unknown"));
		await expect(test.accounts.operator.enableAccount("\u0000")).rejects.toEqual(code("user-unknown"));
		const poor = { localpart: "ann", password: "short", isOwner: false };
		await expect(test.accounts.operator.addAccount(poor)).rejects.toEqual(code("password-too-weak"));
		await test.addPerson("ann");
		await expect(test.addPerson("ann")).rejects.toEqual(code("username-taken"));
		const { password } = await test.accounts.operator.addAccount({ localpart: "ben", isOwner: false });
		await expect(test.accounts.signIn(attempt("ben", password))).resolves.toBeDefined();
	});
});
