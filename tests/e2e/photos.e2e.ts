import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { findAxeFaults } from "./support/axe-faults.ts";
import { test } from "./support/kith-test.ts";
import { openDirectChat } from "./support/open-direct-chat.ts";
import { encryptOpenChat, photosOf, sendPhoto, storedFiles, widthOf } from "./support/photo-screen.ts";
import { cameraWords } from "./support/test-photo.ts";

test("a photo in an encrypted chat is for its people alone", async ({ meet, server }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await encryptOpenChat(ada);
	const session = await ada.page.context().newCDPSession(ada.page);
	const slowly = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 250_000 };
	await session.send("Network.emulateNetworkConditions", slowly);
	await sendPhoto(ada, "The harbour at nine");
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

	const files = await Promise.all((await storedFiles(server.dataFolder)).map((path) => readFile(path)));
	expect(files.length).toBeGreaterThanOrEqual(2);
	for (const file of files) {
		for (const plain of [saved.subarray(100, 132), "WEBPVP8", cameraWords]) expect(file.includes(plain)).toBe(false);
	}
	await ben.page.reload();
	await expect.poll(() => widthOf(photo.locator("img"))).toBe(800);
});
