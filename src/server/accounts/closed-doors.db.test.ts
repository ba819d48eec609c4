import { describe, expect, it } from "vitest";
import { createSoftwareAuthenticator } from "../../../tests/setup/software-authenticator.ts";
import { createTestAccounts, type TestAccounts } from "../../../tests/setup/test-accounts.ts";
import type { Viewer } from "./public.ts";

const code = (expected: string) => expect.objectContaining({ name: "AppError", code: expected });
const relyingParty = { id: "chat.example.org", origin: "https://chat.example.org" };
const address = "192.0.2.7";
const caller = { relyingParty, address };
const deviceName = "Phone";
const password = "seven green bicycles";
const proof = { kind: "password", password } as const;
const identity = { issuer: "https://login.example.org", subject: "subject-1" };
const arrival = { identity, suggestedName: "Ann", deviceName, registrationToken: undefined };

/** Somebody with every way in that there is, each of them tried. */
const addAnn = async (test: TestAccounts) => {
	const { accounts } = test;
	const unknown = await accounts.signInWithIdentity(arrival);
	const identityTicket = unknown.kind === "unknown" ? unknown.ticket : "";
	const person = { localpart: "ann", displayName: "Ann", address };
	const { signInTicket } = await accounts.register({ ...person, identityTicket });
	const viewer = await accounts.signInWithTicket({ ticket: signInTicket, deviceName });
	const came = { identity, sessionId: viewer.sessionId, askedAt: test.clock.now(), authenticatedAt: undefined };
	const atProvider = { kind: "provider", ticket: await accounts.confirmWithIdentity(came) } as const;
	await accounts.changePassword(viewer, { proof: atProvider, newPassword: password, endsOtherSessions: false });
	const authenticator = createSoftwareAuthenticator(relyingParty);
	const options = await accounts.passkeys.beginAdd(viewer, { relyingParty, proof });
	await accounts.passkeys.add(viewer, { response: authenticator.create(options), relyingParty, name: "Key" });
	const ways: Readonly<Record<string, () => Promise<unknown>>> = {
		password: () => accounts.signIn({ username: "ann", password, deviceName, address }),
		passkey: async () => {
			const asked = await accounts.passkeys.beginSignIn(caller);
			return accounts.passkeys.signIn({ response: authenticator.use(asked), deviceName, ...caller });
		},
		provider: () => accounts.signInWithIdentity(arrival),
	};
	for (const enter of Object.values(ways)) await enter();
	return { viewer, authenticator, ways };
};

const switchOff: Readonly<Record<string, (test: TestAccounts, viewer: Viewer) => Promise<unknown>>> = {
	"its person": ({ accounts }, viewer) => accounts.deactivate(viewer, proof),
	"the operator": ({ accounts }) => accounts.operator.disableAccount("ann"),
};

const standing = async ({ database }: TestAccounts): Promise<number> => {
	const { rows } = await database.pool.query("SELECT count(*)::int AS n FROM sessions WHERE revoked_at IS NULL");
	return rows[0].n;
};

describe.each(Object.entries(switchOff))("an account that %s has switched off", (_, end) => {
	it("is opened by no way in, also not by one that was begun before", async () => {
		await using test = await createTestAccounts();
		await test.makeOwner();
		const { viewer, authenticator, ways } = await addAnn(test);
		const asked = await test.accounts.passkeys.beginSignIn(caller);
		await end(test, viewer);
		for (const enter of Object.values(ways)) await expect(enter()).rejects.toEqual(code("account-disabled"));
		const begunBefore = { response: authenticator.use(asked), deviceName, ...caller };
		await expect(test.accounts.passkeys.signIn(begunBefore)).rejects.toEqual(code("account-disabled"));
		expect(await standing(test)).toBe(0);
		expect(test.published.at(-1)).toEqual({ kind: "sessions-revoked", userId: viewer.userId });
	});

	it("has none of its sessions left, and its name and identity make no other", async () => {
		await using test = await createTestAccounts();
		await test.makeOwner();
		const { viewer } = await addAnn(test);
		await end(test, viewer);
		expect(await test.accounts.resolveSession(viewer.sessionId)).toBeUndefined();
		const registration = { displayName: "Ann", address, password: "eight green bicycles" };
		await expect(test.accounts.register({ localpart: "ann", ...registration })).rejects.toEqual(code("username-taken"));
		await expect(test.accounts.signInWithIdentity(arrival)).rejects.toEqual(code("account-disabled"));
	});
});

it("an account that was made and switched off at once is not opened by its own ticket", async () => {
	await using test = await createTestAccounts();
	await test.makeOwner();
	const person = { localpart: "ben", displayName: "Ben", address, password };
	const { signInTicket } = await test.accounts.register(person);
	await test.accounts.operator.disableAccount("ben");
	await expect(test.accounts.signInWithTicket({ ticket: signInTicket, deviceName })).rejects.toEqual(
		code("account-disabled"),
	);
	expect(await standing(test)).toBe(0);
});
