import { expect } from "@playwright/test";
import { findAxeFaults } from "../support/axe-faults.ts";
import { test } from "../support/kith-test.ts";

test("a community is made, given rooms, found, joined and read, by keyboard alone", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await ada.open("/new-group");
	await ada.page.getByRole("textbox", { name: "Group name" }).fill("Chess evenings");
	await ada.page.getByRole("button", { name: "Create group" }).click();
	await expect(ada.page.getByRole("main", { name: "Chess evenings" })).toBeVisible();

	await ada.open("/new");
	await ada.tabTo("link", "New community Several rooms under one roof");
	await ada.page.keyboard.press("Enter");
	await ada.tabTo("textbox", "Name of the community");
	await ada.page.keyboard.type("Games house");
	await ada.page.getByRole("radio", { name: /^Everybody/ }).check();
	await ada.tabTo("button", "Create community");
	await ada.page.keyboard.press("Enter");
	await expect(ada.page.getByRole("main", { name: "Games house" })).toBeVisible();
	await expect(ada.page.getByText("No rooms in it yet")).toBeVisible();
	await expect(ada.composer).toHaveCount(0);
	await ada.tabTo("button", "Add a room");
	await ada.page.keyboard.press("Enter");
	const dialog = ada.page.getByRole("dialog", { name: "Add a room to Games house" });
	await dialog.getByRole("checkbox", { name: /^People of the community may join it/ }).check();
	expect(await findAxeFaults(ada.page, "adding a room")).toEqual([]);
	await dialog.getByRole("button", { name: "Chess evenings" }).press("Enter");
	await expect(ada.page.getByRole("link", { name: "Open Chess evenings" })).toBeVisible();
	expect(await findAxeFaults(ada.page, "a community")).toEqual([]);

	await ben.open("/rooms");
	await ben.page.getByRole("searchbox", { name: "Name, topic or #name:server" }).fill("games house");
	await ben.page.getByRole("link", { name: "Look Games house" }).click();
	await expect(ben.page.getByText("Nothing of this community is for you to see so far.")).toBeVisible();
	expect(await findAxeFaults(ben.page, "a community before joining")).toEqual([]);
	await ben.page.getByRole("button", { name: "Join Games house" }).click();
	await expect(ben.list.getByRole("link", { name: /Games house.*Community/ })).toBeVisible();
	await ben.page.getByRole("button", { name: "Join Chess evenings" }).click();
	await ben.send("Who plays white?");
	await expect(ada.list.getByRole("link", { name: /Chess evenings.*Who plays white/ })).toBeVisible();

	// What another person changes is seen without asking for it.
	await ben.list.getByRole("link", { name: /Games house/ }).click();
	await expect(ben.page.getByRole("link", { name: "Open Chess evenings" })).toBeVisible();
	await expect(ben.page.getByRole("button", { name: "Add a room" })).toHaveCount(0);
	await ada.page.getByRole("button", { name: "What to do with Chess evenings" }).click();
	await ada.page.getByRole("menuitem", { name: "Take out of the community" }).click();
	await expect(ada.page.getByText("No rooms in it yet")).toBeVisible();
	await expect(ben.page.getByText("No rooms in it yet")).toBeVisible();
});
