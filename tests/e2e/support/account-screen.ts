import { expect, type Page } from "@playwright/test";
import type { TestServer } from "./test-server.ts";

export interface NewAccount {
	readonly name: string;
	readonly username: string;
	readonly password: string;
	readonly token?: string;
}

/** Fills in the form of the sign-up that is open and sends it. */
export async function signUp(page: Page, { name, username, password, token }: NewAccount): Promise<void> {
	await page.getByRole("textbox", { name: "Your name" }).fill(name);
	await page.getByRole("textbox", { name: "Username" }).fill(username);
	const byPassword = page.getByRole("radio", { name: "Password" });
	// Where the address has no passkeys there is nothing to choose.
	if ((await byPassword.count()) > 0) await byPassword.check();
	await page.getByRole("textbox", { name: "Password" }).fill(password);
	if (token !== undefined) await page.getByRole("textbox", { name: "Invitation code" }).fill(token);
	await page.getByRole("button", { name: "Create account" }).click();
}

/** Goes on from a new account to where it leads, without keeping its recovery key. */
export async function postponeKey(page: Page): Promise<void> {
	await page.getByRole("button", { name: "Remind me tomorrow" }).click();
}

/** Fills in the form of the sign-in that is open and sends it. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
	await page.getByRole("textbox", { name: "Username" }).fill(username);
	await page.getByRole("textbox", { name: "Password" }).fill(password);
	await page.getByRole("button", { name: "Sign in" }).click();
}

export async function expectChats(page: Page): Promise<void> {
	await expect(page).toHaveURL(/\/chat$/);
	await expect(page.getByRole("heading", { name: "Chats", exact: true })).toBeVisible();
}

/** The one-time link that a server prints for its owner; `undefined` where it prints none. */
export async function ownerLinkOf(server: TestServer): Promise<string | undefined> {
	await expect.poll(() => server.readLog()).toContain("Kith runs at");
	return (await server.readLog()).match(/^http\S+\/sign-up#token=\S+$/m)?.[0];
}
