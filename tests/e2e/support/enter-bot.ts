import { expect, type Locator } from "@playwright/test";
import type { ScriptedChat } from "../../setup/scripted-ollama.ts";
import type { ChatScreen } from "./chat-screen.ts";

/** Lets the assistant be asked into chats, in the name of the owner. */
export async function switchMemberOn(owner: ChatScreen): Promise<void> {
	const { page } = owner;
	await page.goto("/admin/assistant");
	await page.getByRole("switch", { name: "Let it be asked into chats" }).click();
	await expect(page.getByText(/^@assistant:/)).toBeVisible();
}

/** Makes the assistant a member of the chat that is open, where it is none, and chooses what it does there by itself. */
export async function chooseMember(one: ChatScreen, choose?: (dialog: Locator) => Promise<void>): Promise<void> {
	await one.openInfo();
	await one.info.getByRole("button", { name: /^Assistant / }).click();
	const dialog = one.page.getByRole("dialog", { name: "Assistant" });
	await dialog.getByRole("radio", { name: /^Member of the chat/ }).check();
	await choose?.(dialog);
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

/** Chooses that it tells what happened, in the hour that goes on. */
export async function chooseDigestNow(dialog: Locator): Promise<void> {
	// An hour that is about to end is over before anything is told in it.
	await expect.poll(() => new Date().getUTCMinutes() * 60 + new Date().getUTCSeconds()).toBeLessThan(3_570);
	await dialog.getByLabel("Tell what happened").selectOption("Every day");
	const hour = await dialog.page().evaluate(() => String(new Date().getHours()));
	await dialog.getByLabel("At", { exact: true }).selectOption({ value: hour });
}

/** What was said by it in the chat that is open, from the line of it that is given. */
export const saidByMember = ({ conversation }: ChatScreen, words: string | RegExp): Locator =>
	conversation.getByRole("article", { name: /^Assistant,/ }).filter({ hasText: words });

/** Under which number a message of these words stands in a prompt; 1 where it does not. */
export const numberIn = ({ messages }: ScriptedChat, words: string): number => {
	const line = messages
		.at(-1)
		?.content.split("\n")
		.find((one) => one.startsWith("{") && one.includes(words));
	return line === undefined ? 1 : JSON.parse(line).n;
};
