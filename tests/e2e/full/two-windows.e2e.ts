import { expect } from "@playwright/test";
import { ChatScreen } from "../support/chat-screen.ts";
import { test } from "../support/kith-test.ts";
import { openPlainChat } from "../support/open-direct-chat.ts";

test("two windows and a second device of one account agree", async ({ makeAccounts, signIn }) => {
	const [adaAccount, benAccount] = await makeAccounts("ada", "ben");
	const ada = await signIn(adaAccount);
	const ben = await signIn(benAccount);
	for (const one of [ada, ben]) await one.open();
	await openPlainChat(ada, ben);
	const window = new ChatScreen(await ada.page.context().newPage());
	await window.open(new URL(ada.page.url()).pathname);
	const device = await signIn(adaAccount);
	await device.open();

	await ada.send("From the first window");
	await expect(window.message("From the first window")).toBeVisible();
	await window.send("From the second window");
	await device.row("Ben").click();
	await device.send("From another device");
	const texts = ["From the first window", "From the second window", "From another device"];
	for (const one of [ada, window, device, ben]) await one.expectTexts(texts);
	for (const one of [ada, window, device]) await one.expectTick("From another device", "Read");
});

test("what one device has read is read on the other", async ({ makeAccounts, signIn }) => {
	const [adaAccount, benAccount] = await makeAccounts("ada", "ben");
	const ada = await signIn(adaAccount);
	const ben = await signIn(benAccount);
	for (const one of [ada, ben]) await one.open();
	await openPlainChat(ada, ben);
	await ada.page.goto("/chat");
	const device = await signIn(adaAccount);
	await device.open();
	await ben.send("One");
	await ben.send("Two");
	for (const one of [ada, device]) await expect(one.row("Ben")).toContainText("2 unread messages");
	await ada.row("Ben").click();
	await expect(ada.message("Two")).toBeVisible();
	await expect(device.row("Ben")).not.toContainText("unread");
});
