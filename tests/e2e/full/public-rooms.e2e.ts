import { expect } from "@playwright/test";
import { test } from "../support/kith-test.ts";
import { refusal } from "../support/watch-context.ts";

test("a public room is made, found, looked at and joined, by keyboard alone", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await ada.open("/new-group");
	await ada.page.getByRole("textbox", { name: "Group name" }).fill("Chess evenings");
	await ada.page.getByRole("radio", { name: /^Everybody/ }).check();
	await ada.page.getByRole("textbox", { name: "Address" }).fill("Chess Evenings");
	await ada.page.getByRole("button", { name: "Create group" }).click();
	await expect(ada.page.getByRole("main", { name: "Chess evenings" })).toBeVisible();
	await ada.openInfo();
	await expect(ada.info.getByText(/^#chessevenings:/)).toBeVisible();

	await ben.open("/new");
	await ben.tabTo("link", "Find a room Public rooms, also elsewhere");
	await ben.page.keyboard.press("Enter");
	await ben.tabTo("searchbox", "Name, topic or #name:server");
	await ben.page.keyboard.type("chess");
	await expect(ben.page.getByRole("list", { name: "Public rooms" }).getByRole("listitem")).toHaveCount(1);
	await ben.tabTo("link", "Chess evenings");
	await ben.page.keyboard.press("Enter");
	await expect(ben.page).toHaveURL(/\/room\/%23chessevenings%3A/);
	await ben.tabTo("button", "Join Chess evenings");
	await ben.page.keyboard.press("Enter");
	await ben.send("Who plays white?");
	await expect(ada.message("Who plays white?")).toBeVisible();

	await ben.page.goto("/room/chessevenings");
	await expect(ben.page.getByRole("link", { name: "Open Chess evenings" })).toBeVisible();
	ben.watch.allow(refusal);
	await ben.page.goto("/room/no-such-room");
	await expect(ben.page.getByText("No such room")).toBeVisible();
});
