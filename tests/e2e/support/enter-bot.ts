import { expect, type Locator } from "@playwright/test";
import type { ChatScreen } from "./chat-screen.ts";

/** Lets the assistant be asked into chats, in the name of the owner. */
export async function switchMemberOn(owner: ChatScreen): Promise<void> {
	const { page } = owner;
	await page.goto("/admin/assistant");
	await page.getByRole("switch", { name: "Let it be asked into chats" }).click();
	await expect(page.getByText(/^@assistant:/)).toBeVisible();
}

/** Makes the assistant a member of the chat that is open. */
export async function chooseMember(one: ChatScreen): Promise<void> {
	await one.openInfo();
	await one.info.getByRole("button", { name: /^Assistant / }).click();
	const dialog = one.page.getByRole("dialog", { name: "Assistant" });
	await dialog.getByRole("radio", { name: /^Member of the chat/ }).check();
	await dialog.getByRole("button", { name: "Save" }).click();
	await expect(dialog).toHaveCount(0);
	await expect(one.page.getByText(/^Processed by AI on .*, not end-to-end encrypted/)).toBeVisible();
	await one.info.getByRole("link", { name: "Close" }).click();
	await expect(one.info).toHaveCount(0);
}

/** Asks it something in the chat that is open. */
export async function askMember({ composer, page }: ChatScreen, question: string): Promise<void> {
	await composer.pressSequentially("@Assis");
	await expect(page.getByRole("option", { name: "Assistant" })).toBeVisible();
	await composer.press("Enter");
	await composer.pressSequentially(question);
	await composer.press("Enter");
}

/** What was said by it in the chat that is open, from the line of it that is given. */
export const saidByMember = ({ conversation }: ChatScreen, words: string | RegExp): Locator =>
	conversation.getByRole("article", { name: /^Assistant,/ }).filter({ hasText: words });
