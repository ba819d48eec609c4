import { join } from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "../support/kith-test.ts";

const photo = join(import.meta.dirname, "../../fixtures/pictures/dot.png");

const seesPicture = (place: Locator): Promise<void> =>
	expect
		.poll(() =>
			place
				.locator(".avatar img")
				.first()
				.evaluate((image: HTMLImageElement) => image.naturalWidth),
		)
		.toBe(320);

const chooseIn = async (page: Page): Promise<void> => {
	await page.getByLabel("Choose picture").setInputFiles(photo);
	await page.getByRole("button", { name: "Use picture" }).click();
	await expect(page.getByLabel("Change picture")).toBeAttached();
};

test("a group begins with its picture, which a stranger with a link sees too", async ({
	meet,
	openBrowser,
	server,
}) => {
	const [ada] = await meet("ada");
	const { page } = ada;
	await ada.open("/new-group");
	await page.getByRole("textbox", { name: "Group name" }).fill("Orchard");
	await chooseIn(page);
	await page.getByRole("button", { name: "Create group" }).click();
	await seesPicture(ada.row("Orchard"));
	await page.keyboard.press("Control+k");
	await seesPicture(page.getByRole("option", { name: "Orchard" }));
	await page.keyboard.press("Escape");
	await ada.openInfo();
	await ada.info.getByRole("button", { name: "Invite link" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Create link" }).click();
	const link = (await page.getByRole("dialog").locator("code").textContent()) ?? "";
	const stranger = await openBrowser(server.address);
	await stranger.page.goto(link);
	await expect(stranger.page.getByRole("heading", { name: "Orchard" })).toBeVisible();
	await expect(stranger.page.locator(".avatar canvas")).toBeVisible();
	const pixel = () =>
		stranger.page
			.locator(".avatar canvas")
			.evaluate((canvas: HTMLCanvasElement) => canvas.getContext("2d")?.getImageData(160, 160, 1, 1).data[3]);
	await expect.poll(pixel).toBe(255);
});

test("whoever is looked for, mentioned or listed is shown with their picture", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await ben.open("/you/profile");
	await chooseIn(ben.page);
	await ada.startGroup("Walkers", [ben.localpart]);
	await ben.open("/chat");
	await ben.join("Walkers");
	await expect(ada.conversation.getByText("Ben joined")).toBeVisible();
	await ada.composer.pressSequentially("@be");
	await seesPicture(ada.page.getByRole("option", { name: /Ben/ }));
	await ada.composer.fill("");
	await ada.page.keyboard.press("Control+k");
	await ada.page.getByRole("combobox", { name: "Go to" }).fill(ben.localpart);
	await seesPicture(ada.page.getByRole("group", { name: "People" }).getByRole("option"));
});
