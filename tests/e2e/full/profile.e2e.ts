import { join } from "node:path";
import { expect, type Locator } from "@playwright/test";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";

const photo = join(import.meta.dirname, "../../fixtures/pictures/dot.png");

/** Waits until the picture in a place has come, and answers where from. */
async function pictureIn(place: Locator): Promise<string> {
	const picture = place.locator(".avatar img").first();
	await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320);
	return (await picture.getAttribute("src")) ?? "";
}

test("others see a person's new picture and name, and that the picture is gone again", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await ada.send("Hello");
	await ada.open("/you/profile");
	const { page } = ada;
	await page.getByLabel("Choose picture").setInputFiles(photo);
	// The keyboard alone: the picture, the zoom, the buttons.
	const stage = page.getByRole("application", { name: /The picture/ });
	await stage.focus();
	for (const key of ["+", "+", "ArrowLeft", "ArrowDown"]) await page.keyboard.press(key);
	await expect(page.getByRole("slider", { name: "Zoom" })).toHaveValue("1.2");
	await ada.tabTo("button", "Use picture");
	await page.keyboard.press("Enter");
	await expect(page.getByRole("dialog")).toHaveCount(0);
	const address = await pictureIn(page.getByRole("main"));
	expect(await pictureIn(ben.row("Ada"))).toBe(address);
	expect(await pictureIn(ben.page.getByRole("main"))).toBe(address);

	await page.getByRole("textbox", { name: "Name" }).fill("Ada Lovelace");
	await page.keyboard.press("Enter");
	await expect(page.getByText("Saved.")).toBeVisible();
	await expect(ben.row("Ada Lovelace")).toBeVisible();

	await page.getByRole("button", { name: "Remove" }).click();
	await expect(page.getByLabel("Choose picture")).toBeAttached();
	await expect(ben.row("Ada Lovelace").locator("img")).toHaveCount(0);
});

test("a file that is no picture, and a name without a letter, are refused in words", async ({ meet }) => {
	const [ada] = await meet("ada");
	const { page } = ada;
	await ada.open("/you/profile");
	await page
		.getByLabel("Choose picture")
		.setInputFiles({ name: "photo.png", mimeType: "image/png", buffer: Buffer.from("<svg/>") });
	await expect(page.getByText("This file is no picture that can be shown.")).toBeVisible();
	await page.getByRole("textbox", { name: "Name" }).fill("  ");
	await page.getByRole("button", { name: "Save" }).click();
	await expect(page.getByText("A name needs at least one letter.")).toBeVisible();
});

test("whoever may give a group its picture does, and its members see it", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await ada.startGroup("Walkers", [ben.localpart]);
	await ben.join("Walkers");
	await ada.openInfo();
	await ada.info.getByLabel("Choose picture").setInputFiles(photo);
	await ada.page.getByRole("button", { name: "Use picture" }).click();
	const address = await pictureIn(ada.info);
	expect(await pictureIn(ben.row("Walkers"))).toBe(address);
	await ben.openInfo();
	await expect(ben.member("Ada")).toBeVisible();
	await expect(ben.info.getByLabel("Change picture")).toHaveCount(0);
});
