import { expect } from "@playwright/test";
import { expectChats, ownerLinkOf, postponeKey, signIn, signUp } from "./support/account-screen.ts";
import { test } from "./support/kith-test.ts";
import { refusal } from "./support/watch-context.ts";

const password = "twelve wild geese";

test("the owner makes, helps and stops people; nobody else finds the pages", async ({ startServer, openBrowser }) => {
	const server = await startServer({ KITH_REGISTRATION: "token" });
	const owner = await openBrowser(server.address);
	const { page } = owner;
	await page.goto((await ownerLinkOf(server)) ?? "");
	await signUp(page, { name: "Olive", username: "olive", password });
	await postponeKey(page);
	await expectChats(page);
	await page.getByRole("link", { name: "Server", exact: true }).click();
	await expect(page.getByRole("main", { name: "Overview" })).toContainText("1 was here this week");

	await page.getByRole("link", { name: "People", exact: true }).last().click();
	await page.getByRole("button", { name: "New account" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByRole("textbox", { name: "Name", exact: true }).fill("Ben");
	await dialog.getByRole("textbox", { name: "Username" }).fill("olive");
	await dialog.getByRole("button", { name: "Create" }).click();
	await expect(dialog.getByText("Someone already has this username.")).toBeVisible();
	await dialog.getByRole("textbox", { name: "Username" }).fill("ben");
	await dialog.getByRole("button", { name: "Create" }).click();
	await expect(page.getByRole("dialog", { name: "Password for Ben" })).toBeVisible();
	const given = (await dialog.locator("code").textContent()) ?? "";
	await dialog.getByRole("button", { name: "Done" }).click();
	const row = page.getByRole("row").filter({ hasText: "@ben:" });
	await expect(row).toContainText("Active");

	const ben = await openBrowser(server.address);
	ben.watch.allow(refusal);
	await ben.page.goto("/sign-in");
	await signIn(ben.page, "ben", given);
	await expectChats(ben.page);
	await expect(ben.page.getByRole("link", { name: "Server", exact: true })).toHaveCount(0);
	await ben.page.goto("/admin/people");
	await expect(ben.page.getByText("This page does not exist")).toBeVisible();
	await ben.page.goto("/chat");
	await expectChats(ben.page);

	await row.getByRole("button", { name: "What to do with Ben" }).click();
	await page.getByRole("menuitem", { name: "Switch off" }).click();
	await dialog.getByRole("button", { name: "Switch off" }).click();
	await expect(row).toContainText("Switched off");
	await expect(ben.page).toHaveURL(/\/sign-in/);

	await page.getByRole("link", { name: "Registration" }).click();
	await page.getByRole("button", { name: "New code" }).click();
	await dialog.getByRole("button", { name: "New code" }).click();
	const link = (await dialog.locator("code").textContent()) ?? "";
	await dialog.getByRole("button", { name: "Done" }).click();
	await expect(page.getByRole("row").filter({ hasText: "0 of 1" })).toBeVisible();
	const cleo = await openBrowser(server.address);
	await cleo.page.goto(link);
	await signUp(cleo.page, { name: "Cleo", username: "cleo", password });
	await postponeKey(cleo.page);
	await expectChats(cleo.page);
});
