import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Locator } from "@playwright/test";
import { findAxeFaults } from "./support/axe-faults.ts";
import { type Member, test } from "./support/kith-test.ts";
import { openDirectChat } from "./support/open-direct-chat.ts";
import { cameraWords, takePhoto } from "./support/test-photo.ts";

const photosOf = ({ conversation }: Member): Locator => conversation.getByRole("button", { name: /^Open the photo/ });
const widthOf = (image: Locator): Promise<number> =>
	image.evaluate(({ naturalWidth }: HTMLImageElement) => naturalWidth).catch(() => 0);

/** The bytes of every file that the server keeps for people. */
const filesOf = async (dataFolder: string): Promise<readonly Buffer[]> => {
	const media = join(dataFolder, "media");
	const found = await readdir(media, { recursive: true, withFileTypes: true });
	return Promise.all(
		found.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name))),
	);
};

/** Encrypts the chat that is open. */
const encrypt = async ({ page }: Member): Promise<void> => {
	const roomId = decodeURIComponent(new URL(page.url()).pathname.split("/")[2] ?? "");
	await page.evaluate(async (room) => {
		const headers = { "content-type": "application/json" };
		const body = JSON.stringify({ roomId: room });
		const response = await fetch("/api/trpc/rooms.enableEncryption", { method: "POST", headers, body });
		if (!response.ok) throw new Error(await response.text());
	}, roomId);
};

test("a photo in an encrypted chat is for its people alone", async ({ meet, server }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await encrypt(ada);
	const session = await ada.page.context().newCDPSession(ada.page);
	const slowly = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 250_000 };
	await session.send("Network.emulateNetworkConditions", slowly);
	await ada.page
		.getByLabel("Attach photos")
		.first()
		.setInputFiles(await takePhoto(ada.page));
	await expect(ada.page.getByRole("list", { name: "Photos to send" }).getByRole("img")).toBeVisible();
	await ada.composer.fill("The harbour at nine");
	await ada.composer.press("Enter");
	const sending = ada.message("The harbour at nine").getByRole("progressbar", { name: "Sending the photo" });
	await expect(sending).toHaveAttribute("aria-valuenow", /^[1-9]/);
	await session.send("Network.emulateNetworkConditions", { ...slowly, uploadThroughput: -1 });
	await expect(sending).toHaveCount(0);

	const photo = photosOf(ben);
	await expect(photo).toHaveAccessibleName("Open the photo: The harbour at nine");
	await expect.poll(() => widthOf(photo.locator("img"))).toBe(800);
	await expect(ben.message("The harbour at nine")).not.toContainText("not encrypted");
	await expect(ada.row("Ben")).toContainText("Photo: The harbour at nine");
	await photo.press("Enter");
	const viewer = ben.page.getByRole("dialog", { name: /^Photo from / });
	await expect.poll(() => widthOf(viewer.getByRole("img"))).toBe(1200);
	const saving = ben.page.waitForEvent("download");
	await viewer.getByRole("link", { name: "Save" }).click();
	const saved = await readFile(await (await saving).path());
	expect(saved.toString("latin1", 8, 12)).toBe("WEBP");
	expect(saved.includes(cameraWords)).toBe(false);
	expect(await findAxeFaults(ben.page, "a photo by itself")).toEqual([]);
	await ben.page.keyboard.press("Escape");
	await expect(viewer).toHaveCount(0);
	await expect(photo).toBeFocused();

	const files = await filesOf(server.dataFolder);
	expect(files.length).toBeGreaterThanOrEqual(2);
	for (const file of files) {
		expect(file.includes(saved.subarray(100, 132)) || file.includes("WEBPVP8") || file.includes(cameraWords)).toBe(
			false,
		);
	}
	await ben.page.reload();
	await expect.poll(() => widthOf(photo.locator("img"))).toBe(800);

	await ada.choose("The harbour at nine", "Delete");
	await ada.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
	await expect(photo).toHaveCount(0);
	await expect(ben.message("Message deleted")).toBeVisible();
});
