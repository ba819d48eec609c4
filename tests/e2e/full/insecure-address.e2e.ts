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
	// What a proxy must hand on so that sockets open and each person counts by their own address.
	const nginx = page.getByRole("listitem").filter({ hasText: "nginx" });
	for (const line of [
		"ssl_certificate_key ",
		`proxy_pass http://127.0.0.1:${link.port};`,
		"proxy_http_version 1.1;",
		"proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
		"proxy_set_header Upgrade $http_upgrade;",
		'proxy_set_header Connection "upgrade";',
		"proxy_read_timeout 1h;",
	])
		await expect(nginx).toContainText(line);
	await expect(page.getByText("KITH_TRUSTED_PROXIES=")).toBeVisible();
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

	// Cookies that are for TLS alone are not kept here, so nobody can be signed in by mistake.
	const { names, error } = await page.evaluate(async () => {
		const csrf = await fetch("/api/auth/csrf");
		const body = new URLSearchParams({ username: "olive", password: "x", json: "true", ...(await csrf.json()) });
		const answer = await fetch("/api/auth/callback/credentials", { method: "POST", body });
		const { url } = await answer.json();
		return { names: document.cookie, error: new URL(url, location.origin).pathname };
	});
	expect({ names, error }).toEqual({ names: "", error: "/api/auth/signin" });
	expect(await page.context().cookies()).toEqual([]);
	await browser.close();
});
