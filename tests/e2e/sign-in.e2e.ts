import { expect } from "@playwright/test";
import { sharedPassword } from "../server-process/add-people.ts";
import { expectChats, postponeKey, signIn, signUp } from "./support/account-screen.ts";
import { test } from "./support/kith-test.ts";
import { openPlainChat } from "./support/open-direct-chat.ts";
import { refusal } from "./support/watch-context.ts";

test("says in words why somebody is not signed in", async ({ server, makeAccounts, openBrowser }) => {
	const [account] = await makeAccounts("ada");
	const { page, watch } = await openBrowser(server.address);
	await page.goto("/sign-in");
	watch.allow(refusal);
	await signIn(page, account.localpart, "not her password");
	await expect(page.getByText("Username and password don’t match.")).toBeVisible();
	await signIn(page, "nobody-at-all", sharedPassword);
	await expect(page.getByText("Username and password don’t match.")).toBeVisible();
	await signIn(page, account.localpart, sharedPassword);
	await expectChats(page);
});

test("says in words what is wrong with a new account", async ({ server, makeAccounts, openBrowser }) => {
	const [account] = await makeAccounts("ada");
	const { page, watch } = await openBrowser(server.address);
	await page.goto("/sign-up");
	await page.getByRole("textbox", { name: "Username" }).fill(account.localpart);
	await expect(page.getByText("Someone already has this username.")).toBeVisible();
	await page.getByRole("textbox", { name: "Username" }).fill("ada lovelace!");
	await expect(page.getByText("Use small letters, digits, dots, dashes and underscores.")).toBeVisible();
	await page.getByRole("radio", { name: "Password" }).check();
	const password = page.getByRole("textbox", { name: "Password" });
	await password.fill("short");
	await expect(password).toHaveAccessibleDescription(/At least 10 characters/);

	watch.allow(refusal);
	await signUp(page, { name: "Bea", username: "bea.new", password: "aaaaaaaaaaaa" });
	const easy = page.getByText("This password is too easy to guess.");
	await expect(easy).toBeVisible();
	await password.fill("seven green bicycle");
	await expect(easy).toBeHidden();
	await signUp(page, { name: "Bea", username: "bea.new", password: "seven green bicycles" });
	await postponeKey(page);
	await expectChats(page);
});

test("takes what was typed before the script of the page ran", async ({ server, makeAccounts, openBrowser }) => {
	const [account] = await makeAccounts("ada");
	const { page } = await openBrowser(server.address);
	let release: () => void = () => undefined;
	const released = new Promise<void>((resolve) => {
		release = resolve;
	});
	await page.route("**/_next/static/**/*.js", async (route) => {
		await released;
		await route.continue();
	});
	await page.goto("/sign-in", { waitUntil: "commit" });
	await page.getByRole("textbox", { name: "Username" }).fill(account.localpart);
	await page.getByRole("textbox", { name: "Password" }).fill(sharedPassword);
	// Nobody hears it yet, and the browser must not send the form by itself.
	for (const key of ["Enter", "Tab", "Tab", "Enter"]) await page.keyboard.press(key);
	await page.getByRole("button", { name: "Sign in" }).click();
	expect(new URL(page.url()).search).toBe("");
	release();
	await page.waitForLoadState("load");
	await expect(async () => {
		await page.getByRole("button", { name: "Sign in" }).click({ timeout: 1_000 });
		await expect(page).toHaveURL(/\/chat$/, { timeout: 5_000 });
	}).toPass();
	await expectChats(page);
});

test("opens the address that was asked for once somebody has signed in", async ({ server, meet, openBrowser }) => {
	const [ada, ben] = await meet("ada", "ben");
	// A device that was just signed in reads older messages only where they are not encrypted.
	await openPlainChat(ada, ben);
	await ada.send("Read this later");
	const address = new URL(ada.page.url()).pathname;

	const again = await openBrowser(server.address);
	again.watch.allow(refusal);
	await again.page.goto(address);
	await expect(again.page).toHaveURL(/\/sign-in/);
	await signIn(again.page, ada.localpart, sharedPassword);
	await expect(again.message("Read this later")).toBeVisible();
	expect(new URL(again.page.url()).pathname).toBe(address);
});

test("signs out on this device alone", async ({ server, meet, openBrowser }) => {
	const [ada] = await meet("ada");
	const other = await openBrowser(server.address);
	await other.page.goto("/sign-in");
	await signIn(other.page, ada.localpart, sharedPassword);
	await expectChats(other.page);

	await other.page.goto("/you");
	await other.page.getByRole("button", { name: "Sign out" }).click();
	await other.confirm("Sign out");
	await expect(other.page).toHaveURL(/\/sign-in/);
	other.watch.allow(refusal);
	await other.page.goto("/chat");
	await expect(other.page).toHaveURL(/\/sign-in/);
	await ada.open();
	await expect(ada.page).toHaveURL(/\/chat$/);
});
