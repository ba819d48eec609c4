import { expect, type Page } from "@playwright/test";
import type { Member } from "./kith-test.ts";

/** Has a person name an Ollama of their own, and leaves them at their chats. */
export async function useOwnOllama(one: Member, url: string): Promise<void> {
	const { page, watch } = one;
	watch.allowOrigin(url);
	await one.open("/you/assistant");
	await page.getByRole("button", { name: "Use my own…" }).click();
	const dialog = page.getByRole("dialog", { name: "Use your own Ollama" });
	await dialog.getByRole("textbox", { name: "Where your Ollama is" }).fill(url);
	await dialog.getByRole("button", { name: "Look for it" }).click();
	await expect(dialog).toContainText("Ollama 0.0.0-scripted answers.");
	await dialog.getByRole("button", { name: "Use it" }).click();
	await expect(page.getByRole("main")).toContainText("In use: chat:1b on this device");
	await one.open();
}

/** Says yes to what would be given to an own Ollama. */
export const give = (page: Page): Promise<void> =>
	page.getByRole("dialog").getByRole("button", { name: /^Give/ }).click();

/** Every text that a page's browser sends to its server from now on, as far as it can be read. */
export function sentTexts({ page }: Member): readonly string[] {
	const texts: string[] = [];
	page.context().on("request", (request) => {
		texts.push(`${request.url()} ${request.postData() ?? ""}`);
	});
	page.on("websocket", (socket) => {
		texts.push(socket.url());
		socket.on("framesent", ({ payload }) => void texts.push(String(payload)));
	});
	return texts;
}
