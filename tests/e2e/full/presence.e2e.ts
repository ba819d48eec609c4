import { expect, type Locator } from "@playwright/test";
import { type Member, test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";

/** The bar over a conversation. */
const headOf = ({ page }: Member): Locator => page.getByRole("main").locator("header");

test("who is there is seen, and when they last were once they are gone", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	const head = headOf(ben);
	await expect(head.getByText("online")).toBeVisible();
	await expect(ben.row(/Ada, online/)).toBeVisible();
	await ada.page.close();
	await expect(head.getByText(/^last seen (today|yesterday) at /)).toBeVisible({ timeout: 20_000 });
	await expect(ben.list.getByText(", online")).toHaveCount(0);
});

test("who keeps typing and presence to themselves shows neither, and sees neither", async ({ meet }) => {
	const [ada, ben, cem] = await meet("ada", "ben", "cem");
	await openDirectChat(ada, ben);
	await openDirectChat(cem, ben);
	await ben.openChat("Ada");
	const head = headOf(ben);
	await expect(head.getByText("online")).toBeVisible();
	await ada.open("/you/privacy");
	await ada.page.getByRole("switch", { name: "Typing" }).click();
	await ada.page.getByRole("radio", { name: /^Nobody/ }).click();
	await expect(head.getByText("online")).toHaveCount(0);
	await ada.page.reload();
	await expect(ada.page.getByRole("switch", { name: "Typing" })).not.toBeChecked();
	await expect(ada.page.getByRole("radio", { name: /^Nobody/ })).toBeChecked();

	await ada.page.goto("/chat");
	await ada.openChat("Ben");
	await ada.composer.pressSequentially("Shh");
	await ben.composer.pressSequentially("Is anybody there?");
	// Cem's typing comes after Ada's would have.
	await cem.composer.pressSequentially("I am");
	await expect(ben.row("Cem")).toContainText("typing…");
	await expect(head.getByText("typing…")).toHaveCount(0);
	await expect(headOf(ada).getByText(/online|last seen|typing/)).toHaveCount(0);
});
