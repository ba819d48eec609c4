import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Locator } from "@playwright/test";
import type { ChatScreen } from "./chat-screen.ts";
import { takePhoto } from "./test-photo.ts";

/** The photos of the conversation that are open. */
export const photosOf = ({ conversation }: ChatScreen): Locator =>
	conversation.getByRole("button", { name: /^Open the photo/ });

/** How wide an image really is; 0 while it is not there. */
export const widthOf = (image: Locator): Promise<number> =>
	image.evaluate(({ naturalWidth }: HTMLImageElement) => naturalWidth, undefined, { timeout: 1000 }).catch(() => 0);

/** Attaches a photo that a camera made, and waits until it is ready to be sent. */
export async function attachPhoto({ page }: ChatScreen): Promise<void> {
	const ready = page.getByRole("list", { name: "Photos to send" }).getByRole("img");
	const before = await ready.count();
	await page
		.getByLabel("Attach photos")
		.first()
		.setInputFiles(await takePhoto(page));
	await expect(ready).toHaveCount(before + 1);
}

export async function sendPhoto(screen: ChatScreen, caption: string): Promise<void> {
	await attachPhoto(screen);
	await screen.composer.fill(caption);
	await screen.composer.press("Enter");
}

/** Encrypts the chat that is open. */
export async function encryptOpenChat({ page }: ChatScreen): Promise<void> {
	const roomId = decodeURIComponent(new URL(page.url()).pathname.split("/")[2] ?? "");
	await page.evaluate(async (room) => {
		const headers = { "content-type": "application/json" };
		const body = JSON.stringify({ roomId: room });
		const response = await fetch("/api/trpc/rooms.enableEncryption", { method: "POST", headers, body });
		if (!response.ok) throw new Error(await response.text());
	}, roomId);
}

/** Every file that the server keeps for people. */
export async function storedFiles(dataFolder: string): Promise<readonly string[]> {
	const found = await readdir(join(dataFolder, "media"), { recursive: true, withFileTypes: true });
	return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
