import { expect } from "@playwright/test";
import { ChatScreen } from "../support/chat-screen.ts";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";

test("two windows write at once, and go on when their engine is gone", async ({ meet, browser }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await ada.send("The first");
	await expect(ben.message("The first")).toBeVisible();
	const second = new ChatScreen(await ada.page.context().newPage());
	await second.open(ada.page.url());
	await expect(second.message("The first")).toBeVisible();
	const numbers = [1, 2, 3, 4, 5];
	const write = async (screen: ChatScreen, from: string): Promise<void> => {
		for (const number of numbers) await screen.send(`${from} ${number}`);
	};
	await Promise.all([write(ada, "left"), write(second, "right"), write(ben, "there")]);
	const all = ["left", "right", "there"].flatMap((from) => numbers.map((number) => `${from} ${number}`));
	for (const screen of [ada, second, ben]) for (const words of all) await expect(screen.message(words)).toBeVisible();

	const session = await browser.newBrowserCDPSession();
	const { targetInfos } = await session.send("Target.getTargets");
	const engines = targetInfos.filter(({ type, url }) => type === "shared_worker" && url.includes("/crypto-engine/"));
	expect(engines).toHaveLength(2);
	for (const { targetId } of engines) await session.send("Target.closeTarget", { targetId });
	await ada.send("After the fall");
	await second.send("And after that");
	for (const screen of [ada, second, ben]) {
		for (const words of ["After the fall", "And after that"]) await expect(screen.message(words)).toBeVisible();
	}
	await ben.send("Still here");
	for (const screen of [ada, second]) await expect(screen.message("Still here")).toBeVisible();
});
