import { type BrowserContext, expect } from "@playwright/test";
import { findFreePort, portOf } from "../../server-process/start-server-process.ts";
import { expectChats, ownerLinkOf, postponeKey, signIn, signUp } from "../support/account-screen.ts";
import { test } from "../support/kith-test.ts";
import { openTlsLine } from "../support/open-tls-line.ts";
import { addVirtualAuthenticator } from "../support/virtual-authenticator.ts";

const password = "seven green bicycles";

/** What a browser keeps, by name. */
async function cookiesOf(context: BrowserContext) {
	return new Map((await context.cookies()).map((cookie) => [cookie.name, cookie]));
}

test("behind TLS every cookie is the protected kind, and the conversation runs over a protected socket", async ({
	startServer,
	openBrowser,
}) => {
	const port = await findFreePort();
	const server = await startServer({ KITH_PUBLIC_URL: `https://localhost:${port}`, KITH_REGISTRATION: "open" });
	await using line = await openTlsLine(port, portOf({ origin: server.address }));
	const link = (await ownerLinkOf(server)) ?? "";
	expect(link).toContain(`${line.address}/sign-up#token=`);
	const ada = await openBrowser(line.address, { ignoreHTTPSErrors: true });
	const sockets: string[] = [];
	ada.page.on("websocket", (socket) => sockets.push(socket.url()));
	const answer = await ada.page.goto(link);
	expect(answer?.headers()["strict-transport-security"]).toBe("max-age=31536000");
	await signUp(ada.page, { name: "Ada", username: "ada", password });
	await postponeKey(ada.page);
	await expectChats(ada.page);
	await ada.startGroup("Harbour", []);
	await ada.send("Under seal");
	await ada.expectTick("Under seal", "Sent");
	expect(sockets.filter((url) => !url.startsWith(`${line.address.replace("https", "wss")}/`))).toEqual([]);
	expect(sockets.length).toBeGreaterThan(0);

	const context = ada.page.context();
	const cookies = await cookiesOf(context);
	expect([...cookies.keys()].sort()).toEqual([
		"__Host-next-auth.csrf-token",
		"__Secure-kith.known-devices",
		"__Secure-next-auth.callback-url",
		"__Secure-next-auth.session-token",
	]);
	for (const { secure, httpOnly, sameSite } of cookies.values()) {
		expect({ secure, httpOnly, sameSite }).toEqual({ secure: true, httpOnly: true, sameSite: "Lax" });
	}

	await ada.page.goto("/you");
	await ada.page.getByRole("button", { name: "Sign out" }).click();
	await ada.confirm("Sign out");
	await expect(ada.page).toHaveURL(/\/sign-in/);
	expect([...(await cookiesOf(context)).keys()]).not.toContain("__Secure-next-auth.session-token");
	await signIn(ada.page, "ada", password);
	await expectChats(ada.page);
	await expect(ada.row("Harbour")).toBeVisible();
	await ada.page.close();
});

test("behind TLS a passkey is made for the public name, and is the way in", async ({ startServer, openBrowser }) => {
	const port = await findFreePort();
	const server = await startServer({ KITH_PUBLIC_URL: `https://localhost:${port}`, KITH_REGISTRATION: "open" });
	await using line = await openTlsLine(port, portOf({ origin: server.address }));
	const pia = await openBrowser(line.address, { ignoreHTTPSErrors: true });
	const { page } = pia;
	await addVirtualAuthenticator(page);
	await page.goto((await ownerLinkOf(server)) ?? "");
	await expect(page.getByRole("radio", { name: "Passkey" })).toBeChecked();
	await page.getByRole("textbox", { name: "Your name" }).fill("Pia");
	await page.getByRole("textbox", { name: "Username" }).fill("pia");
	await page.getByRole("button", { name: "Create account" }).click();
	await postponeKey(page);
	await expectChats(page);

	await page.addInitScript(() => {
		PublicKeyCredential.isConditionalMediationAvailable = async () => false;
	});
	await page.goto("/you");
	await page.getByRole("button", { name: "Sign out" }).click();
	await pia.confirm("Sign out");
	await page.getByRole("button", { name: "Use a passkey" }).click();
	await expectChats(page);
	expect([...(await cookiesOf(page.context())).keys()]).toContain("__Secure-next-auth.session-token");
	// The line ends before the browser does, and what it still asked for would be a fault.
	await page.close();
});
