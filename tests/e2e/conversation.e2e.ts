import { expect } from "@playwright/test";
import { ChatScreen } from "./support/chat-screen.ts";
import { test } from "./support/kith-test.ts";
import { openDirectChat } from "./support/open-direct-chat.ts";
import { refusal } from "./support/watch-context.ts";

test("ticks go from sent to delivered to read", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	const address = ben.page.url();
	const browser = ben.page.context();
	await ben.page.close();
	await ada.send("Are you there?");
	await ada.expectTick("Are you there?", "Sent");

	const later = new ChatScreen(await browser.newPage());
	await later.open();
	await expect(later.row("Ada")).toContainText("Are you there?");
	await ada.expectTick("Are you there?", "Delivered");

	await later.page.goto(address);
	await expect(later.message("Are you there?")).toBeVisible();
	await ada.expectTick("Are you there?", "Read");
});

test("a message is changed, answered, reacted to and deleted before both people's eyes", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await ada.send("Shall we meat at noon?");
	await ada.choose("Shall we meat at noon?", "Edit");
	await expect(ada.composer).toHaveValue("Shall we meat at noon?");
	await ada.composer.fill("Shall we meet at noon?");
	await ada.composer.press("Enter");
	for (const one of [ada, ben]) {
		await expect(one.message("Shall we meet at noon?")).toContainText("edited");
		await expect(one.message("meat")).toHaveCount(0);
	}

	await ben.choose("Shall we meet at noon?", "Reply");
	await ben.send("Gladly");
	await expect(ada.message("Gladly").getByRole("button", { name: "Shall we meet at noon?" })).toBeVisible();
	await expect(ada.message("Gladly")).toHaveAccessibleName(/in reply to You/);

	await ada.choose("Gladly", "React with 👍");
	await expect(ben.message("Gladly").getByRole("button", { name: "👍, 1 person" })).toBeVisible();
	await ben.message("Gladly").getByRole("button", { name: "👍, 1 person" }).click();
	await expect(ada.message("Gladly").getByRole("button", { name: "👍, 2, including you" })).toBeVisible();
	await ada.message("Gladly").getByRole("button", { name: "👍, 2, including you" }).click();
	await expect(ben.message("Gladly").getByRole("button", { name: "👍, 1, including you" })).toBeVisible();

	await ben.choose("Gladly", "Delete");
	await ben.confirm("Delete");
	for (const one of [ada, ben]) {
		await expect(one.message("Message deleted")).toBeVisible();
		await expect(one.conversation.getByText("Gladly")).toHaveCount(0);
	}
	await ada.page.reload();
	await ada.expectTexts(["Shall we meet at noon?", "Message deleted"]);
});

test("addresses are real: links, the back button, and a chat that does not exist", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await ada.send("Bookmark this");
	const chat = new URL(ada.page.url()).pathname;
	await ada.page.getByRole("link", { name: "About this chat" }).click();
	await expect(ada.info).toBeVisible();
	await expect(ada.page).toHaveURL(`${chat}/info`);
	await ada.page.goBack();
	await expect(ada.info).toHaveCount(0);
	await expect(ada.page).toHaveURL(chat);
	await ada.page.goBack();
	await expect(ada.page).toHaveURL(/\/new$/);
	await ada.page.goForward();
	await expect(ada.message("Bookmark this")).toBeVisible();

	await ben.page.goto(`${chat}/info`);
	await expect(ben.info).toBeVisible();
	await expect(ben.message("Bookmark this")).toBeVisible();
	ben.watch.allow(refusal);
	await ben.page.goto("/chat/!nowhere");
	await expect(ben.page.getByRole("heading", { name: "This link leads nowhere" })).toBeVisible();
	await ben.page.goto("/");
	await expect(ben.page).toHaveURL(/\/chat$/);
});

test("a conversation needs no pointer", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	const { page } = ada;
	const { keyboard } = page;
	await ada.tabTo("link", "New chat");
	await keyboard.press("Enter");
	await expect(page).toHaveURL(/\/new$/);
	await ada.tabTo("searchbox", "Name or username");
	await keyboard.type(ben.localpart);
	await expect(page.getByRole("list", { name: "People found" })).toBeVisible();
	await keyboard.press("Tab");
	await keyboard.press("Enter");
	await expect(ada.composer).toBeVisible();
	await ada.tabTo("textbox", "Message");
	await keyboard.type("Typed");
	await keyboard.press("Shift+Enter");
	await keyboard.type("in two lines");
	await keyboard.press("Enter");
	await expect(ada.message("Typed")).toBeVisible();
	await ada.expectTexts(["Typed\nin two lines"]);
	await expect(ada.composer).toBeFocused();
	// What the server does not have yet cannot be changed.
	await expect(ada.message("Typed")).toHaveAccessibleName(/Sent|Delivered|Read/);

	await keyboard.press("Shift+Tab");
	while (!(await ada.page.locator(".timeline").evaluate((box) => box === document.activeElement))) {
		await keyboard.press("Shift+Tab");
	}
	await keyboard.press("ArrowUp");
	await expect(ada.message("Typed")).toBeFocused();
	await keyboard.press("e");
	await expect(ada.composer).toBeFocused();
	await keyboard.press("Escape");
	await expect(page.getByText("Edit message")).toHaveCount(0);

	await ada.tabTo("button", "More");
	await keyboard.press("Enter");
	await expect(page.getByRole("menu")).toBeVisible();
	await keyboard.press("Escape");
	await expect(page.getByRole("menu")).toHaveCount(0);
	await expect(page.getByRole("button", { name: "More" })).toBeFocused();
});
