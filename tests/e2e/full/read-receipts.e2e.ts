import { expect } from "@playwright/test";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";

test("who keeps read receipts to themselves gives none and gets none, on all of their devices", async ({
	makeAccounts,
	signIn,
}) => {
	const [adaAccount, benAccount] = await makeAccounts("ada", "ben");
	const [ada, ben, phone] = [await signIn(adaAccount), await signIn(benAccount), await signIn(benAccount)];
	for (const one of [ada, ben]) await one.open();
	await openDirectChat(ada, ben);
	await ada.send("Seen with receipts");
	await ada.expectTick("Seen with receipts", "Read");

	const receipts = (one: typeof ben) => one.page.getByRole("switch", { name: "Read receipts" });
	await phone.open("/you/privacy");
	await expect(receipts(phone)).toBeChecked();
	const chat = ben.page.url();
	await ben.open("/you/privacy");
	await receipts(ben).click();
	await expect(receipts(ben)).not.toBeChecked();
	// A choice made on one device is made on all.
	await expect(receipts(phone)).not.toBeChecked();

	await ben.open(chat);
	await ada.send("Seen without receipts");
	await expect(ben.message("Seen without receipts")).toBeInViewport();
	await ben.send("I have read it, and say so in words");
	await expect(ada.message("I have read it, and say so in words")).toBeVisible();
	await ada.expectTick("Seen without receipts", "Delivered");
	const dialog = ada.page.getByRole("dialog", { name: "Who has read it" });
	await ada.choose("Seen without receipts", "Who has read it");
	await expect(dialog.getByRole("list", { name: "Delivered" })).toContainText("Ben");
	await expect(dialog.getByRole("list", { name: "Read", exact: true })).toHaveCount(0);
	await dialog.getByRole("button", { name: "Close" }).click();

	// It holds both ways, and the page of readers says why nobody is there.
	await ben.choose("I have read it, and say so in words", "Who has read it");
	const own = ben.page.getByRole("dialog", { name: "Who has read it" });
	await expect(own).toContainText("You keep read receipts to yourself, so you don’t see those of others.");
	await expect(own.getByRole("list", { name: "Read", exact: true })).toHaveCount(0);
	await ben.expectTick("I have read it, and say so in words", "Delivered");
});
