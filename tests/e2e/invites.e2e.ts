import { expect } from "@playwright/test";
import { postponeKey, signUp } from "./support/account-screen.ts";
import { test } from "./support/kith-test.ts";

test("a stranger comes in by an invite link, and only while it works", async ({ meet, openBrowser, server }) => {
	const [ada] = await meet("ada");
	await ada.startGroup("Orchard", []);
	await ada.openInfo();
	await ada.info.getByRole("button", { name: "Invite link" }).click();
	const dialog = ada.page.getByRole("dialog");
	await dialog.getByRole("button", { name: "Create link" }).click();
	const link = (await dialog.locator("code").textContent()) ?? "";
	expect(link).toMatch(/\/join#[\w-]{32}$/);
	await expect(dialog.getByRole("region", { name: "Links that are out there" })).toContainText("Used 0 of 10");
	await dialog.getByRole("button", { name: "Close" }).click();

	const newcomer = await openBrowser(server.address);
	const asked: string[] = [];
	newcomer.page.on("request", (request) => asked.push(`${request.url()} ${request.headers()["referer"] ?? ""}`));
	await newcomer.page.goto(link);
	await expect(newcomer.page.getByRole("heading", { name: "Orchard" })).toBeVisible();
	await expect(newcomer.page.getByText("Ada invites you to")).toBeVisible();
	await newcomer.page.getByRole("link", { name: "Create an account" }).click();
	const username = `nell${Date.now()}`;
	await signUp(newcomer.page, { name: "Nell", username, password: "twelve wild geese" });
	await postponeKey(newcomer.page);
	await newcomer.page.getByRole("button", { name: "Join" }).click();
	await newcomer.send("I found the gate");
	await expect(ada.message("I found the gate")).toBeVisible();
	expect(asked.filter((address) => address.includes(link.split("#")[1] ?? "?"))).toEqual([]);

	await ada.info.getByRole("button", { name: "Invite link" }).click();
	await dialog.getByRole("button", { name: /^Take back the link/ }).click();
	await expect(dialog.getByRole("region", { name: "Links that are out there" })).toHaveCount(0);
	const late = await openBrowser(server.address);
	late.watch.allow(/404/);
	await late.page.goto(link);
	await expect(late.page.getByText("This invitation doesn’t work any more")).toBeVisible();
});

test("an owner hands a group over by moving it", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await ada.startGroup("Ferry", [ben.localpart]);
	await ben.join("Ferry");
	await ada.send("See you on deck");
	await ada.openInfo();
	await ada.info.getByRole("button", { name: "Leave" }).click();
	const dialog = ada.page.getByRole("dialog");
	await expect(dialog.getByText("You’re the only owner")).toBeVisible();
	await dialog.getByRole("button", { name: "Hand over first" }).click();
	await dialog.getByRole("button", { name: /Ben/ }).click();
	await dialog.getByRole("button", { name: "Move the chat" }).click();
	await expect(dialog).toHaveCount(0);
	await expect(ada.member("Ben")).toContainText("Owner");
	await ada.info.getByRole("button", { name: "Leave" }).click();
	await expect(dialog.getByText("You’re the only owner")).toHaveCount(0);
	await ada.confirm("Leave");

	await ben.page.getByRole("link", { name: "Go there" }).click();
	await ben.openInfo();
	await expect(ben.member("You")).toContainText("Owner");
	await ben.info.getByRole("link", { name: "What was written before the move" }).click();
	await expect(ben.message("See you on deck")).toBeVisible();
	await expect(ben.composer).toHaveCount(0);
});
