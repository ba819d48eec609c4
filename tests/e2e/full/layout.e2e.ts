import { expect, type Page } from "@playwright/test";
import { openServerDatabase } from "../../server-process/server-database.ts";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";
import { findSidewaysScroll } from "../support/reflow-faults.ts";

const longName = "Bartholomäus-Maximilian von und zu Hohenwaldenfels-Oberschlettenbach der Ältere";
const unbroken = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(3);
const hebrew = "שלום, מה שלומך היום? נפגשים בשמונה בערב ליד הגשר הישן.";

/** 320 px is also what 1280 px are at a zoom of 400 %, 640 px what they are at 200 %. */
const widths = [320, 360, 640];

test("nothing scrolls sideways at 320 px, nor at 200 % zoom, whatever people write", async ({
	server,
	makeAccounts,
	signIn,
}) => {
	const [adaAccount, benAccount] = await makeAccounts("ada", "ben");
	await using client = await openServerDatabase(server.dataFolder);
	await client.query("UPDATE users SET display_name = $2 WHERE id = $1", [benAccount.userId, longName]);
	const ada = await signIn(adaAccount);
	const ben = await signIn(benAccount);
	for (const one of [ada, ben]) await one.open();
	await openDirectChat(ada, ben);
	await ben.send(unbroken);
	await ben.send(hebrew);
	await ada.choose(hebrew, "Reply");
	await ada.send(`${hebrew} ${unbroken}`);
	await ada.startGroup(`${longName} שלום`, [ben.localpart]);
	await ben.row("Ältere").last().click();
	await expect(ben.page.getByRole("button", { name: "Join" })).toBeVisible();

	for (const width of widths) {
		await ben.page.setViewportSize({ width, height: 640 });
		await expectNoSidewaysScroll(ben.page);
	}
	const group = new URL(ada.page.url()).pathname;
	for (const path of [
		"/chat",
		group,
		`${group}/info`,
		"/new",
		"/new-group",
		"/you",
		"/you/profile",
		"/you/appearance",
		"/sign-up",
	]) {
		await ada.page.goto(path);
		await ada.page.getByRole("main").or(ada.info).first().waitFor();
		for (const width of widths) {
			await ada.page.setViewportSize({ width, height: 640 });
			await expectNoSidewaysScroll(ada.page);
		}
	}
});

test("a menu stays within a window that becomes smaller", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await ada.send("Far to the end");
	await ada.message("Far to the end").hover();
	await ada.message("Far to the end").getByRole("button", { name: "More" }).click();
	const items = ada.page.getByRole("menu").getByRole("menuitem");
	for (const size of [
		{ width: 1000, height: 600 },
		{ width: 640, height: 400 },
		{ width: 320, height: 640 },
	]) {
		await ada.page.setViewportSize(size);
		for (const item of await items.all()) await expect(item).toBeInViewport({ ratio: 1 });
	}
});

test("text runs in its own direction", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	// A short first line stands where its paragraph begins.
	await ben.send(`שלום\n${hebrew}`);
	await ben.send("Hello\nA line that is a good deal longer than the one above it.");
	const sideOf = (text: string): Promise<"left" | "right"> =>
		ada
			.message(text)
			.locator(".text")
			.evaluate((box) => {
				const range = document.createRange();
				range.selectNodeContents(box.firstChild ?? box);
				const line = range.getClientRects()[0];
				if (line === undefined) throw new Error("the message has no text");
				const room = box.getBoundingClientRect();
				return line.left - room.left > room.right - line.right ? "right" : "left";
			});
	expect(await sideOf("A line that is")).toBe("left");
	expect(await sideOf(hebrew)).toBe("right");
});

async function expectNoSidewaysScroll(page: Page): Promise<void> {
	expect(await findSidewaysScroll(page)).toEqual([]);
}
