import { describe, expect, it } from "vitest";
import {
	comeBack,
	csrfTokenOf,
	enterByProvider,
	openServerWithProvider,
	registerByProvider,
	type ServerWithProvider,
} from "../../../../tests/setup/server-with-provider.ts";
import { createTestBrowser, type TestBrowser } from "../../../../tests/setup/test-browser.ts";

const minuteMs = 60_000;

/** Ann, who has no way in but the provider, on two devices. */
const openWithAnn = async () => {
	const server = await openServerWithProvider();
	const [laptop, phone] = [server.openBrowser(), server.openBrowser()];
	await enterByProvider(server, laptop);
	const { result } = await registerByProvider(laptop, "ann");
	const fields = { csrfToken: await csrfTokenOf(laptop), ticket: result?.data.signInTicket ?? "", json: "true" };
	await laptop.postForm("/api/auth/callback/ticket", fields);
	await enterByProvider(server, phone);
	return { server, laptop, phone, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
};

const confirms = { confirms: "yes" };

/** To the provider and back, so as to show that it is still she; where that leads. */
const confirm = async (server: ServerWithProvider, browser: TestBrowser): Promise<string> =>
	enterByProvider(server, browser, { ...confirms, callbackUrl: `${server.origin}/you/devices?signOut=others` });

const signOutOthers = async (browser: TestBrowser): Promise<string> => {
	const response = await browser.postJson("/api/trpc/accounts.revokeOtherDevices", { proof: { kind: "provider" } });
	return ((await response.json()) as { error?: { message: string } }).error?.message ?? "done";
};

const isIn = async (browser: TestBrowser): Promise<boolean> => (await browser.get("/api/trpc/accounts.me")).ok;

const sessionOf = (browser: TestBrowser): string => browser.cookies.get("next-auth.session-token") ?? "";

/** Another browser into which somebody put this one's session and nothing else. */
const thiefOf = ({ origin }: ServerWithProvider, browser: TestBrowser): TestBrowser => {
	const thief = createTestBrowser(origin);
	thief.cookies.set("next-auth.session-token", sessionOf(browser));
	return thief;
};

describe("somebody whose only way in is an identity provider", () => {
	it("is asked there anew, on the device that they have, and may then sign the others out for some minutes", async () => {
		await using all = await openWithAnn();
		const { server, laptop, phone } = all;
		expect(await signOutOthers(laptop)).toBe("wrong-credentials");
		const form = { csrfToken: await csrfTokenOf(laptop), json: "true", ...confirms };
		const begun = (await (await laptop.postForm("/api/auth/signin/oidc", form)).json()) as { url: string };
		const { searchParams } = new URL(begun.url);
		expect([searchParams.get("prompt"), searchParams.get("max_age")]).toEqual(["login", "0"]);
		expect(await confirm(server, laptop)).toBe("/you/devices?signOut=others");
		const ways = await (await laptop.get("/api/trpc/passkeys.waysIn")).json();
		expect(ways).toMatchObject({ result: { data: { hasPassword: false, isConfirmed: true } } });
		expect(await signOutOthers(laptop)).toBe("done");
		expect([await isIn(laptop), await isIn(phone)]).toEqual([true, false]);
		server.test.clock.pass(6 * minuteMs);
		expect(await signOutOthers(laptop)).toBe("wrong-credentials");
	});

	it("keeps their devices where a session was stolen, whatever its thief does at the provider", async () => {
		await using all = await openWithAnn();
		const { server, laptop, phone } = all;
		const thief = thiefOf(server, laptop);
		expect(await signOutOthers(thief)).toBe("wrong-credentials");
		// Ann has just shown that it is she: that is hers alone.
		await confirm(server, laptop);
		expect(await signOutOthers(thief)).toBe("wrong-credentials");
		// Nor does it count in another of her sessions.
		phone.cookies.set("kith.confirmation", laptop.cookies.get("kith.confirmation") ?? "");
		expect(await signOutOthers(phone)).toBe("wrong-credentials");
		server.provider.person = { sub: "subject-2", name: "Mallory" };
		expect(await confirm(server, thief)).toBe("/you/devices?signOut=others&error=wrong-credentials");
		expect(await signOutOthers(thief)).toBe("wrong-credentials");
		for (const device of [laptop, phone]) expect(await isIn(device)).toBe(true);
	});

	it("is not confirmed by a provider that says it asked long ago, nor where they refused", async () => {
		await using all = await openWithAnn();
		const { server, laptop } = all;
		server.provider.authenticatedAt = Math.floor(Date.now() / 1000) - 3600;
		expect(await confirm(server, laptop)).toBe("/you/devices?signOut=others&error=wrong-credentials");
		server.provider.authenticatedAt = undefined;
		server.provider.answer = "refuse";
		let address = await confirm(server, laptop);
		while (address.includes("/api/auth/")) address = await comeBack(laptop, new URL(address, server.origin));
		const refused = new URL(address, server.origin);
		expect(refused.pathname).toBe("/you/devices");
		expect(refused.searchParams.get("error")).not.toBeNull();
		expect(await isIn(laptop)).toBe(true);
		expect(await signOutOthers(laptop)).toBe("wrong-credentials");
	});

	it("makes no second session by it, and an ordinary sign-in afterwards is one", async () => {
		await using all = await openWithAnn();
		const { server, laptop } = all;
		await confirm(server, laptop);
		const sessions = async (): Promise<number> => (await server.test.database.prisma.session.count()) ?? 0;
		expect(await sessions()).toBe(2);
		expect(await enterByProvider(server, laptop, { callbackUrl: server.origin })).toBe(server.origin);
		expect(await sessions()).toBe(3);
	});
});
