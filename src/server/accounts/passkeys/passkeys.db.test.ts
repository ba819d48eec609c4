import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSoftwareAuthenticator, type Twist } from "../../../../tests/setup/software-authenticator.ts";
import { createTestAccounts, type TestAccounts, testPassword } from "../../../../tests/setup/test-accounts.ts";
import type { Viewer } from "../public.ts";

const code = (expected: string) => expect.objectContaining({ name: "AppError", code: expected });
const relyingParty = { id: "chat.example.org", origin: "https://chat.example.org" };
const address = "192.0.2.7";
const caller = { relyingParty, address };
const minuteMs = 60_000;

const enterByPassword = (test: TestAccounts, username: string) =>
	test.accounts.signIn({ username, password: testPassword, deviceName: "Laptop", address });

/** Makes an account that has a passkey and nothing else. */
const signUp = async (test: TestAccounts, localpart: string, twist: Twist = {}) => {
	const authenticator = createSoftwareAuthenticator(relyingParty);
	const options = await test.accounts.passkeys.beginSignUp({ localpart, displayName: "Ann", ...caller });
	const response = authenticator.create(options, twist);
	const passkey = { response, relyingParty, name: "Ann's phone" };
	const registered = await test.accounts.register({ localpart, displayName: "Ann", passkey, address });
	return { authenticator, passkey, ...registered };
};

const signIn = async (
	test: TestAccounts,
	authenticator: ReturnType<typeof createSoftwareAuthenticator>,
	twist: Twist = {},
) => {
	const options = await test.accounts.passkeys.beginSignIn(caller);
	return test.accounts.passkeys.signIn({
		...{ response: authenticator.use(options, twist), deviceName: "Phone" },
		...caller,
	});
};

const proof = { kind: "password", password: testPassword } as const;

const proofFrom = async (
	test: TestAccounts,
	viewer: Viewer,
	authenticator: ReturnType<typeof createSoftwareAuthenticator>,
) => ({
	kind: "passkey" as const,
	relyingParty,
	response: authenticator.use(await test.accounts.passkeys.beginConfirm(viewer, relyingParty)),
});

const openServer = async () => {
	const test = await createTestAccounts();
	await test.makeOwner();
	return test;
};

describe("signing up with a passkey", () => {
	it("makes an account that the passkey opens without a name being typed", async () => {
		await using test = await openServer();
		const { authenticator, userId, signInTicket } = await signUp(test, "ann");
		const first = await test.accounts.signInWithTicket({ ticket: signInTicket, deviceName: "Phone" });
		expect(first.userId).toBe(userId);
		const viewer = await signIn(test, authenticator);
		expect(await test.accounts.resolveSession(viewer.sessionId)).toEqual(viewer);
		expect(await test.accounts.passkeys.waysIn(viewer)).toMatchObject({
			hasPassword: false,
			passkeys: [{ name: "Ann's phone" }],
		});
		await expect(enterByPassword(test, "ann")).rejects.toEqual(code("wrong-credentials"));
	});

	it("gives a way in once, and for minutes", async () => {
		await using test = await openServer();
		const { signInTicket } = await signUp(test, "ann");
		await test.accounts.signInWithTicket({ ticket: signInTicket, deviceName: "" });
		const late = (await signUp(test, "ben")).signInTicket;
		test.clock.pass(3 * minuteMs);
		for (const ticket of [signInTicket, late, "made-up"]) {
			await expect(test.accounts.signInWithTicket({ ticket, deviceName: "" })).rejects.toEqual(
				code("wrong-credentials"),
			);
		}
	});

	it("asks for no passkey that could not be used: the name is taken, or nobody may register", async () => {
		await using test = await openServer();
		const begin = (accounts: TestAccounts["accounts"], localpart: string) =>
			accounts.passkeys.beginSignUp({ localpart, displayName: "Ann", ...caller });
		await expect(begin(test.accounts, "olive")).rejects.toEqual(code("username-taken"));
		for (const localpart of ["olive", "ben"]) {
			await expect(begin(test.another("closed"), localpart)).rejects.toEqual(code("registration-closed"));
			await expect(begin(test.another("token"), localpart)).rejects.toEqual(code("registration-token-invalid"));
		}
	});

	it.each<[string, Twist]>([
		["another page", { origin: "https://evil.example" }],
		["another site", { rpId: "evil.example" }],
		["a made-up challenge", { challenge: "bWFkZSB1cA" }],
		["nobody at the authenticator", { isUnverified: true }],
	])("refuses %s", async (_, twist) => {
		await using test = await openServer();
		await expect(signUp(test, "ann", twist)).rejects.toEqual(code("passkey-refused"));
		expect(await test.accounts.checkUsername({ localpart: "ann", address })).toEqual({ isFree: true });
	});

	it("refuses an answer that was used before, and no way in or two", async () => {
		await using test = await openServer();
		const { passkey } = await signUp(test, "ann");
		const person = { localpart: "ben", displayName: "Ben", address };
		await expect(test.accounts.register({ ...person, passkey })).rejects.toEqual(code("passkey-refused"));
		await expect(test.accounts.register(person)).rejects.toEqual(code("bad-input"));
		await expect(test.accounts.register({ ...person, passkey, password: testPassword })).rejects.toEqual(
			code("bad-input"),
		);
	});
});

describe("signing in with a passkey", () => {
	it("asks the same of everybody", async () => {
		await using test = await openServer();
		const before = await test.accounts.passkeys.beginSignIn(caller);
		await signUp(test, "ann");
		const after = await test.accounts.passkeys.beginSignIn(caller);
		expect({ ...after, challenge: "" }).toEqual({ ...before, challenge: "" });
		expect(after.challenge).not.toBe(before.challenge);
		expect(after["allowCredentials"] ?? []).toEqual([]);
	});

	const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
	it.each<[string, Twist]>([
		["another page", { origin: "https://evil.example" }],
		["another site", { rpId: "evil.example" }],
		["a made-up challenge", { challenge: "bWFkZSB1cA" }],
		["nobody at the authenticator", { isUnverified: true }],
		["another key", { signsWith: privateKey }],
		["another account's handle", { userHandle: "c29tZWJvZHkgZWxzZQ" }],
	])("refuses %s with one answer", async (_, twist) => {
		await using test = await openServer();
		const { authenticator } = await signUp(test, "ann");
		await expect(signIn(test, authenticator, twist)).rejects.toEqual(code("passkey-refused"));
		await expect(signIn(test, authenticator)).resolves.toBeDefined();
	});

	it("takes an answer once, while it is fresh, and only for what was asked", async () => {
		await using test = await openServer();
		const { authenticator } = await signUp(test, "ann");
		const options = await test.accounts.passkeys.beginSignIn(caller);
		const request = { response: authenticator.use(options), deviceName: "", ...caller };
		const both = await Promise.allSettled([1, 2, 3].map(() => test.accounts.passkeys.signIn(request)));
		expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
		const stale = await test.accounts.passkeys.beginSignIn(caller);
		test.clock.pass(11 * minuteMs);
		const late = { response: authenticator.use(stale), deviceName: "", ...caller };
		await expect(test.accounts.passkeys.signIn(late)).rejects.toEqual(code("passkey-refused"));
		const viewer = await signIn(test, authenticator);
		const confirming = await test.accounts.passkeys.beginConfirm(viewer, relyingParty);
		const misplaced = { response: authenticator.use(confirming), deviceName: "", ...caller };
		await expect(test.accounts.passkeys.signIn(misplaced)).rejects.toEqual(code("passkey-refused"));
	});

	it("refuses a copy, which shows by its count, and a passkey that nobody registered", async () => {
		await using test = await openServer();
		const { authenticator } = await signUp(test, "ann");
		await signIn(test, authenticator, { count: 40 });
		await expect(signIn(test, authenticator, { count: 39 })).rejects.toEqual(code("passkey-refused"));
		const stranger = createSoftwareAuthenticator(relyingParty);
		await expect(signIn(test, stranger)).rejects.toEqual(code("passkey-refused"));
	});

	it("tells who has the passkey that the account is switched off", async () => {
		await using test = await openServer();
		const { authenticator } = await signUp(test, "ann");
		await test.accounts.operator.disableAccount("ann");
		await expect(signIn(test, authenticator)).rejects.toEqual(code("account-disabled"));
	});

	it("waits for no account's count: guessing passwords does not keep its person out", async () => {
		await using test = await openServer();
		const { authenticator } = await signUp(test, "ann");
		for (let index = 0; index < 40; index += 1) await enterByPassword(test, "ann").catch(() => undefined);
		await expect(signIn(test, authenticator)).resolves.toBeDefined();
	});
});

describe("a person's passkeys", () => {
	const addTo = async (test: TestAccounts, username: string) => {
		const viewer = await enterByPassword(test, username);
		const authenticator = createSoftwareAuthenticator(relyingParty);
		const options = await test.accounts.passkeys.beginAdd(viewer, { relyingParty, proof });
		const request = { response: authenticator.create(options), relyingParty, name: "Key" };
		await test.accounts.passkeys.add(viewer, request);
		return { viewer, authenticator, request };
	};

	it("are added, named and removed, and a removed one opens nothing", async () => {
		await using test = await openServer();
		await test.addPerson("ann");
		const { viewer, authenticator } = await addTo(test, "ann");
		await addTo(test, "ann");
		const [first] = (await test.accounts.passkeys.waysIn(viewer)).passkeys;
		const id = first?.id ?? "";
		await test.accounts.passkeys.rename(viewer, { id, name: " Blue\u0000 key " });
		expect((await test.accounts.passkeys.waysIn(viewer)).passkeys.map(({ name }) => name)).toEqual(["Blue key", "Key"]);
		await expect(signIn(test, authenticator)).resolves.toMatchObject({ userId: viewer.userId });
		await test.accounts.passkeys.remove(viewer, { id, proof });
		await expect(signIn(test, authenticator)).rejects.toEqual(code("passkey-refused"));
	});

	it("never go as the last way in, also when two are removed at once", async () => {
		await using test = await openServer();
		const { authenticator } = await signUp(test, "ann");
		const viewer = await signIn(test, authenticator);
		const second = createSoftwareAuthenticator(relyingParty);
		const proofBy = (one: typeof authenticator) => proofFrom(test, viewer, one);
		const options = await test.accounts.passkeys.beginAdd(viewer, {
			relyingParty,
			proof: await proofBy(authenticator),
		});
		await test.accounts.passkeys.add(viewer, { response: second.create(options), relyingParty, name: "Key" });
		const { passkeys } = await test.accounts.passkeys.waysIn(viewer);
		const proofs = [await proofBy(authenticator), await proofBy(second)] as const;
		const removed = await Promise.allSettled(
			passkeys.map(({ id }, index) =>
				test.accounts.passkeys.remove(viewer, { id, proof: proofs[index === 0 ? 1 : 0] }),
			),
		);
		expect(removed.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
		expect((await test.accounts.passkeys.waysIn(viewer)).passkeys).toHaveLength(1);
	});

	it("are out of another's reach", async () => {
		await using test = await openServer();
		await test.addPerson("ann");
		await test.addPerson("mallory");
		const { viewer: ann, authenticator } = await addTo(test, "ann");
		const mallory = await enterByPassword(test, "mallory");
		const id = (await test.accounts.passkeys.waysIn(ann)).passkeys[0]?.id ?? "";
		await expect(test.accounts.passkeys.rename(mallory, { id, name: "mine" })).rejects.toEqual(code("not-found"));
		await test.accounts.passkeys.remove(mallory, { id, proof });
		await expect(signIn(test, authenticator)).resolves.toBeDefined();
		// A passkey made for Ann's session cannot be brought into another, nor into two accounts.
		const options = await test.accounts.passkeys.beginAdd(ann, { relyingParty, proof });
		const response = createSoftwareAuthenticator(relyingParty).create(options);
		const stolen = { response, relyingParty, name: "Key" };
		await expect(test.accounts.passkeys.add(mallory, stolen)).rejects.toEqual(code("passkey-refused"));
	});

	it("prove that their person is there, in the session that asked alone", async () => {
		await using test = await openServer();
		const { authenticator } = await signUp(test, "ann");
		const [phone, laptop] = [await signIn(test, authenticator), await signIn(test, authenticator)];
		const proofIn = (viewer: typeof phone) => proofFrom(test, viewer, authenticator);
		const change = { newPassword: "seven green bicycles", endsOtherSessions: false };
		const wrongProofs = [await proofIn(laptop), { kind: "provider" as const, ticket: undefined }];
		for (const proof of wrongProofs) {
			await expect(test.accounts.changePassword(phone, { ...change, proof })).rejects.toThrow();
		}
		await test.accounts.changePassword(phone, { ...change, proof: await proofIn(phone) });
		expect((await test.accounts.passkeys.waysIn(phone)).hasPassword).toBe(true);
		await expect(test.accounts.deactivate(phone, await proofIn(phone))).resolves.toBeUndefined();
	});
});
