import { expect } from "@playwright/test";
import { findFreePort } from "../../server-process/start-server-process.ts";
import { startTestIdentityProvider, testClient } from "../../setup/test-identity-provider.ts";
import { expectChats, ownerLinkOf, postponeKey } from "../support/account-screen.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { type OpenBrowser, test, type Visitor } from "../support/kith-test.ts";
import { makeRoom } from "../support/make-room.ts";
import type { TestServer } from "../support/test-server.ts";
import { refusal } from "../support/watch-context.ts";

type StartServer = (env: Readonly<Record<string, string>>, port: number) => Promise<TestServer>;

/** A server whose people may come from The Club, which asks each of them. */
async function startWithProvider(startServer: StartServer, openBrowser: OpenBrowser) {
	const port = await findFreePort();
	const address = `http://localhost:${port}`;
	const provider = await startTestIdentityProvider(`${address}/api/auth/callback/oidc`);
	provider.answer = "ask";
	const server = await startServer(
		{
			KITH_PUBLIC_URL: address,
			KITH_OIDC_ISSUER: provider.issuer,
			KITH_OIDC_CLIENT_ID: testClient.clientId,
			KITH_OIDC_CLIENT_SECRET: testClient.clientSecret,
			KITH_OIDC_NAME: "The Club",
		},
		port,
	);
	return {
		...{ server, provider },
		openVisitor: async () => {
			const visitor = await openBrowser(address);
			visitor.watch.allowOrigin(provider.issuer);
			visitor.watch.allow(refusal);
			return visitor;
		},
		[Symbol.asyncDispose]: () => provider[Symbol.asyncDispose](),
	};
}

/** To the provider's page and back again, with what the person says there. */
async function askTheClub({ page }: Visitor, answer: "Agree" | "Refuse"): Promise<void> {
	await page.getByRole("button", { name: "Continue with The Club" }).click();
	await expect(page).toHaveTitle("The Club");
	await page.getByRole("button", { name: answer }).click();
	await expect(page).not.toHaveTitle("The Club");
}

async function makeAccount({ page }: Visitor, username: string): Promise<void> {
	await expect(page.getByText("You’ll sign in with The Club")).toBeVisible();
	await page.getByRole("textbox", { name: "Username" }).fill(username);
	await page.getByRole("button", { name: "Create account" }).click();
	await postponeKey(page);
}

test("the owner and then others come in by an identity provider, each to one account, and to where they were going", async ({
	startServer,
	openBrowser,
}) => {
	test.setTimeout(120_000);
	await using all = await startWithProvider(startServer, openBrowser);
	const { provider } = all;
	provider.person = { sub: "subject-olive", name: "Olive Owner" };
	const olive = await all.openVisitor();
	await olive.page.goto((await ownerLinkOf(all.server)) ?? "");
	await expect(olive.page.getByRole("heading", { name: "Make this server yours" })).toBeVisible();
	expect(await findAxeFaults(olive.page, "sign-up")).toEqual([]);
	await askTheClub(olive, "Agree");
	await expect(olive.page.getByRole("textbox", { name: "Your name" })).toHaveValue("Olive Owner");
	await makeAccount(olive, "olive");
	await expectChats(olive.page);
	await expect(olive.page.getByRole("link", { name: "Server", exact: true })).toBeVisible();
	await makeRoom(olive.page, { kind: "group", name: "Harbour" });
	await olive.openChat("Harbour");
	const room = new URL(olive.page.url()).pathname;

	provider.person = { sub: "subject-ben", name: "Ben" };
	const ben = await all.openVisitor();
	await ben.page.goto(room);
	await askTheClub(ben, "Agree");
	await makeAccount(ben, "ben");
	await expect(ben.page).toHaveURL(room);
	await expect(ben.page.getByRole("heading", { name: "This link leads nowhere" })).toBeVisible();
	await expect(ben.page.getByRole("link", { name: "Server", exact: true })).toHaveCount(0);

	provider.person = { sub: "subject-olive", name: "Another name" };
	const again = await all.openVisitor();
	await again.page.goto(room);
	await askTheClub(again, "Agree");
	await expect(again.page).toHaveURL(room);
	await again.send("The same Olive");
	await expect(olive.message("The same Olive")).toBeVisible();
	await again.page.goto("/you/profile");
	await expect(again.page.getByText(/@olive:/).first()).toBeVisible();
});

test("whoever refuses at the provider is told so, and can go on to the same place", async ({
	startServer,
	openBrowser,
}) => {
	await using all = await startWithProvider(startServer, openBrowser);
	const olive = await all.openVisitor();
	await olive.page.goto((await ownerLinkOf(all.server)) ?? "");
	await askTheClub(olive, "Agree");
	await makeAccount(olive, "olive");
	await expectChats(olive.page);

	const again = await all.openVisitor();
	await again.page.goto("/you/devices");
	await askTheClub(again, "Refuse");
	await expect(again.page.getByText("The Club did not let you in. Try again.")).toBeVisible();
	await askTheClub(again, "Agree");
	await expect(again.page).toHaveURL(/\/you\/devices$/);
	await expect(again.page.getByRole("heading", { name: "Devices", exact: true })).toBeVisible();

	// Whoever has neither password nor passkey shows at the provider that it is they who sign the other device out.
	const dialog = again.page.getByRole("dialog", { name: "Sign out everywhere else?" });
	const goAndSay = async (answer: "Agree" | "Refuse"): Promise<void> => {
		await dialog.getByRole("button", { name: "Sign out" }).click();
		await expect(again.page).toHaveTitle("The Club");
		await again.page.getByRole("button", { name: answer }).click();
		await expect(again.page).not.toHaveTitle("The Club");
	};
	await again.page.getByRole("button", { name: "Sign out everywhere else" }).click();
	await expect(dialog.getByText("The Club asks you first, and brings you back here.")).toBeVisible();
	expect(await findAxeFaults(again.page, "signing out with a provider")).toEqual([]);
	await goAndSay("Refuse");
	await expect(dialog.getByText("The Club did not confirm that it’s you. Try again.")).toBeVisible();
	await goAndSay("Agree");
	await expect(dialog.getByText("The Club knows that it’s you.")).toBeVisible();
	olive.watch.allow(refusal);
	olive.watch.allow(/WebSocket/);
	await dialog.getByRole("button", { name: "Sign out" }).click();
	await expect(again.page.getByText("Nowhere else.")).toBeVisible();
	await expect(again.page).toHaveURL(/\/you\/devices$/);
	await expect(olive.page).toHaveURL(/\/sign-in/);
});
