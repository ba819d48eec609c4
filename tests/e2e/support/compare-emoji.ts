import { expect, type Page } from "@playwright/test";
import type { Member } from "./kith-test.ts";

/** Lets a browser in that has just asked for it, by the seven emoji that both show; it is at its chats then. */
export async function approveByEmoji(old: Page, fresh: Page): Promise<void> {
	await old.getByRole("button", { name: "Yes, it’s me" }).click();
	await fresh.getByRole("button", { name: "Compare emoji" }).click();
	for (const page of [old, fresh]) await page.getByRole("button", { name: "They match" }).click();
	await expect(fresh.getByRole("heading", { name: "Your messages are open" })).toBeVisible();
	await old.getByRole("dialog", { name: "The device is approved" }).getByRole("button", { name: "Done" }).click();
	await fresh.getByRole("button", { name: "Open my chats" }).click();
	await expect(fresh.getByRole("heading", { name: "Chats", exact: true })).toBeVisible();
}

/** From the chat that both have open: one asks the other, they compare, and each has made sure of the other. */
export async function verifyEachOther(ada: Member, ben: Member): Promise<void> {
	await ada.openInfo();
	await ada.actOn(ben.displayName, "Verify");
	await answerAndCompare(ada.page, ben.page);
}

/** What follows once one of two people has asked the other. */
export async function answerAndCompare(asks: Page, answers: Page): Promise<void> {
	await answers.getByRole("button", { name: "Compare now" }).click();
	await asks.getByRole("button", { name: "Compare emoji" }).click();
	const seven = await asks.getByRole("dialog").getByRole("listitem").allTextContents();
	await expect(answers.getByRole("dialog").getByRole("listitem")).toHaveText(seven);
	for (const page of [asks, answers]) await page.getByRole("button", { name: "They match" }).click();
	for (const page of [asks, answers]) await page.getByRole("button", { name: "Done" }).click();
}
