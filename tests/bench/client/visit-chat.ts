import { setTimeout as delay } from "node:timers/promises";
import type { Locator, Page } from "playwright";
import type { Paint } from "./bench-clock.ts";
import type { FilledChat } from "./fill-chats.ts";
import type { BenchPage } from "./open-page.ts";

/** Clicks a chat's row in the list and waits until its newest message is painted. */
export async function visitChat({ page, timePaint }: BenchPage, { roomId, newest }: FilledChat): Promise<Paint> {
	const row = page.locator(`nav a[href*="${encodeURIComponent(roomId)}"]`);
	await bringRow(page, row);
	return timePaint({ event: "click", selector: "[role=log] article", text: newest }, () => row.click());
}

/** The list comes in pages; the row is on one of them. */
async function bringRow(page: Page, row: Locator): Promise<void> {
	const list = page.getByRole("navigation", { name: "Chats" });
	await list.getByRole("listitem").first().waitFor();
	const more = list.getByRole("button", { name: "Show more chats", disabled: false });
	while ((await row.count()) === 0) {
		await list.getByRole("listitem").first().hover();
		await page.mouse.wheel(0, 1000);
		if ((await more.count()) > 0) await more.click();
		await delay(lookAgainMs);
	}
}

const lookAgainMs = 100;
