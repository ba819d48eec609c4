import { expect } from "@playwright/test";
import { ChatScreen } from "../support/chat-screen.ts";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";

test("two tabs on one store, each with a worker of its own: one works for both, and the other takes over", async ({
	makeAccounts,
	signIn,
}) => {
	test.setTimeout(120_000);
	const [adaAccount, benAccount] = await makeAccounts("ada", "ben");
	const [ada, ben] = [await signIn(adaAccount), await signIn(benAccount)];
	// As where a browser has no SharedWorker: the tabs have nothing in common but the store and its lock.
	await ada.page.context().addInitScript(() => Reflect.deleteProperty(window, "SharedWorker"));
	for (const one of [ada, ben]) await one.open();
	await openDirectChat(ada, ben);
	await ada.send("The first");
	await expect(ben.message("The first")).toBeVisible();
	const chat = ada.page.url();
	const second = new ChatScreen(await ada.page.context().newPage());
	await second.open(chat);
	await expect(second.message("The first")).toBeVisible();

	const numbers = [1, 2, 3, 4];
	const write = async (screen: ChatScreen, from: string): Promise<void> => {
		for (const number of numbers) await screen.send(`${from} ${number}`);
	};
	await Promise.all([write(ada, "left"), write(second, "right"), write(ben, "there")]);
	const all = ["left", "right", "there"].flatMap((from) => numbers.map((number) => `${from} ${number}`));
	for (const screen of [ada, second, ben]) for (const words of all) await expect(screen.message(words)).toBeVisible();

	// The tab that had the engine goes; what the other writes right then goes out, and nothing is read twice or lost.
	await ada.page.close();
	await second.send("Alone now");
	await expect(ben.message("Alone now")).toBeVisible({ timeout: 30_000 });
	await ben.send("So you are");
	await expect(second.message("So you are")).toBeVisible({ timeout: 30_000 });
	await second.page.reload();
	for (const words of [...all, "Alone now", "So you are"]) await expect(second.message(words)).toBeVisible();
});
