import { expect } from "@playwright/test";
import { findAxeFaults } from "../support/axe-faults.ts";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";

test("the palette, the keys between chats and the sheet of keys need no pointer", async ({ meet }) => {
	test.setTimeout(120_000);
	const [ada, ben] = await meet("ada", "ben");
	const { page } = ada;
	await openDirectChat(ada, ben);
	await ada.startGroup("Walkers", []);
	await ada.send("Who is in?");
	const { keyboard } = page;

	await keyboard.press("Control+k");
	await expect(page.getByRole("combobox", { name: "Go to" })).toBeFocused();
	expect(await findAxeFaults(page, "palette")).toEqual([]);
	await keyboard.type("be");
	await expect(page.getByRole("option", { name: "Ben" }).first()).toBeVisible();
	await keyboard.press("Enter");
	await expect(page.getByRole("main", { name: "Ben" })).toBeVisible();
	await expect(page.getByRole("dialog")).toHaveCount(0);

	await keyboard.press("Alt+ArrowUp");
	await expect(page.getByRole("main", { name: "Walkers" })).toBeVisible();
	await keyboard.press("Alt+ArrowDown");
	await expect(page.getByRole("main", { name: "Ben" })).toBeVisible();

	await ada.list.getByRole("searchbox").focus();
	await keyboard.press("ArrowDown");
	await expect(ada.row("Walkers")).toBeFocused();
	await keyboard.press("ArrowDown");
	await expect(ada.row("Ben")).toBeFocused();
	await keyboard.press("?");
	await expect(page.getByRole("heading", { name: "Keyboard shortcuts" })).toBeVisible();
	expect(await findAxeFaults(page, "keys")).toEqual([]);
	await keyboard.press("Escape");
	await expect(ada.row("Ben")).toBeFocused();

	await keyboard.press("Control+k");
	await keyboard.type("new group");
	await keyboard.press("Enter");
	await expect(page).toHaveURL(/\/new-group$/);
});
