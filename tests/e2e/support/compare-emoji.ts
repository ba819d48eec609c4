import { expect, type Page } from "@playwright/test";
import type { Member } from "./kith-test.ts";

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
