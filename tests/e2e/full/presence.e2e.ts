import { expect } from "@playwright/test";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";

test("who is there is seen, and when they last were once they are gone", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	const head = ben.page.getByRole("main").locator("header");
	await expect(head.getByText("online")).toBeVisible();
	await expect(ben.row(/Ada, online/)).toBeVisible();
	await ada.page.close();
	await expect(head.getByText(/^last seen (today|yesterday) at /)).toBeVisible({ timeout: 20_000 });
	await expect(ben.list.getByText(", online")).toHaveCount(0);
});
