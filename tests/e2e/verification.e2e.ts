import { expect } from "@playwright/test";
import { askForApproval } from "./support/ask-for-approval.ts";
import { findAxeFaults } from "./support/axe-faults.ts";
import { test } from "./support/kith-test.ts";

test("a new browser is let in by emoji on the other one, and reads what was before it", async ({
	server,
	makeAccounts,
	signIn: enter,
	openBrowser,
}) => {
	const [account] = await makeAccounts("vera");
	const { page: old } = await enter(account);
	await old.goto("/you/devices");
	await expect(old.getByText("Verified", { exact: true })).toHaveCount(1);

	const fresh = await askForApproval(await openBrowser(server.address), server.address, account.localpart);
	await expect(fresh.getByText("it asks whether it’s you")).toBeVisible();

	const sheet = old.getByRole("dialog", { name: "A new sign-in: is it you?" });
	await expect(sheet.getByText("Just now")).toBeVisible();
	expect(await findAxeFaults(old, "a new sign-in")).toEqual([]);
	await sheet.getByRole("button", { name: "Yes, it’s me" }).click();
	await fresh.getByRole("button", { name: "Compare emoji" }).click();

	const compared = old.getByRole("dialog", { name: "Same seven on both?" });
	await expect(compared.getByRole("listitem")).toHaveCount(7);
	const seven = await compared.getByRole("listitem").allTextContents();
	await expect(fresh.getByRole("listitem")).toHaveText(seven);
	expect(await findAxeFaults(fresh, "comparing emoji")).toEqual([]);
	await compared.getByRole("button", { name: "They match" }).click();
	await fresh.getByRole("button", { name: "They match" }).click();

	await expect(fresh.getByRole("heading", { name: "Your messages are open" })).toBeVisible();
	await old.getByRole("dialog", { name: "The device is approved" }).getByRole("button", { name: "Done" }).click();
	await expect(old.getByText("Verified", { exact: true })).toHaveCount(2);
	await fresh.getByRole("button", { name: "Open my chats" }).click();
	await expect(fresh.getByRole("heading", { name: "Chats", exact: true })).toBeVisible();
	await expect(fresh.getByRole("region", { name: "This device" })).toHaveCount(0);
});
