import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, chromium, expect } from "@playwright/test";
import { findChromium } from "../../../tools/find-chromium.ts";
import { expectChats, ownerLinkOf, signUp } from "../support/account-screen.ts";
import { test } from "../support/kith-test.ts";

/** A name on a network, as browsers see it: not this machine's own, so plain http to it is unprotected. */
const host = "chat.example.test";

async function openNetworkBrowser(): Promise<Browser> {
	const found = findChromium();
	if (found.kind === "missing") throw new Error(found.message);
	const args = [`--host-resolver-rules=MAP ${host} 127.0.0.1`, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
	return chromium.launch({ executablePath: found.path, args });
}

test("an unprotected address says so, and how to get TLS, and lets its person go on", async ({ startServer }) => {
	const server = await startServer();
	const link = new URL((await ownerLinkOf(server)) ?? "");
	const browser = await openNetworkBrowser();
	const page = await (await browser.newContext({ baseURL: `http://${host}:${link.port}` })).newPage();
	for (const path of ["/sign-in", "/chat", link.pathname + link.hash]) {
		await page.goto(path);
		await expect(page.getByRole("heading", { name: "This address is not protected" })).toBeVisible();
	}
	await expect(page.getByRole("region", { name: "Needs https" }).getByText("Passkeys")).toBeVisible();
	await expect(page.getByRole("listitem").filter({ hasText: "caddy reverse-proxy" })).toContainText(link.port);
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

	await page.getByRole("button", { name: "Go on without protection" }).click();
	await expect(page.getByRole("radio", { name: "Passkey" })).toHaveCount(0);
	await signUp(page, { name: "Olive", username: "olive", password: "seven green bicycles" });
	await expectChats(page);
	await browser.close();
});

test("an unprotected address leads to the protected one where there is one", async ({ startServer }) => {
	const server = await startServer({ KITH_PUBLIC_URL: "https://chat.example.org" });
	const browser = await openNetworkBrowser();
	const page = await browser.newPage();
	await page.goto(`http://${host}:${new URL(server.address).port}/sign-in`);
	await expect(page.getByRole("link", { name: "Go to chat.example.org" })).toHaveAttribute(
		"href",
		"https://chat.example.org",
	);
	await expect(page.getByRole("button", { name: "Go on without protection" })).toHaveCount(0);
	await browser.close();
});
