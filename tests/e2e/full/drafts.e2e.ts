import { expect } from "@playwright/test";
import { ChatScreen } from "../support/chat-screen.ts";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";

test("a draft outlives a switch, a reload and is in every window", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	const address = new URL(ada.page.url()).pathname;
	const window = new ChatScreen(await ada.page.context().newPage());
	await window.open();
	await ada.composer.fill("Not quite finished");
	await expect(window.row("Ben")).toContainText("Draft: Not quite finished");
	await ada.page.goto("/chat");
	await expect(ada.row("Ben")).toContainText("Draft: Not quite finished");
	await ada.page.goto(address);
	await expect(ada.composer).toHaveValue("Not quite finished");
	await window.row("Ben").click();
	await expect(window.composer).toHaveValue("Not quite finished");
	await window.composer.press("Enter");
	await expect(ada.message("Not quite finished")).toBeVisible();
	await expect(ada.composer).toHaveValue("");
});

test("people are mentioned by the keyboard, and the last message is changed by an arrow", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await ada.startGroup("Walkers", [ben.localpart]);
	await ben.join("Walkers");
	await ben.page.goto("/chat");
	await ada.composer.pressSequentially("Are you in, @b");
	await expect(ada.page.getByRole("option", { name: "Ben" })).toBeVisible();
	await ada.composer.press("Enter");
	await expect(ada.composer).toHaveValue("Are you in, @Ben ");
	await ada.composer.pressSequentially("?");
	await ada.composer.press("Enter");
	await expect(ben.row("Walkers")).toContainText("you were mentioned");

	await ada.composer.press("ArrowUp");
	await expect(ada.composer).toHaveValue("Are you in, @Ben ?");
	await ada.composer.press("Escape");
	await expect(ada.composer).toHaveValue("");
	await ada.composer.pressSequentially("@");
	await expect(ada.page.getByRole("listbox")).toBeVisible();
	await ada.composer.press("Escape");
	await expect(ada.page.getByRole("listbox")).toHaveCount(0);
	await expect(ada.composer).toHaveValue("@");
});
