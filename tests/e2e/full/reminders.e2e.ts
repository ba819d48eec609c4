import { expect, type Page } from "@playwright/test";
import { startScriptedOllama } from "../../setup/scripted-ollama.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { sayLines, talkBesideAssistant } from "../support/enter-assistant.ts";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";
import { findSidewaysScroll } from "../support/reflow-faults.ts";
import { sentTexts } from "../support/use-own-ollama.ts";
import { lostConnection } from "../support/watch-context.ts";

const two = (value: number): string => String(value).padStart(2, "0");
const dayIn = (days: number): string => {
	const date = new Date();
	date.setDate(date.getDate() + days);
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};
const dialogOf = (page: Page, name = "Remind me") => page.getByRole("dialog", { name, exact: true });

test("a message’s moment is proposed and set by its reader alone, outlasts the page, works offline, and is told when it comes", async ({
	meet,
}) => {
	test.setTimeout(300_000);
	const [ada, ben] = await meet("ada", "ben");
	const { page } = ada;
	await openDirectChat(ada, ben);
	await ben.send("Dinner tomorrow at 19:30, bring the cake");
	await expect(ada.message("bring the cake")).toBeVisible();
	const sent = sentTexts(ada);

	await ada.choose("bring the cake", "Remind me…");
	const dialog = dialogOf(page);
	await expect(dialog).toContainText("This moment stands in the message");
	await expect(dialog.getByLabel("Day")).toHaveValue(dayIn(1));
	await expect(dialog.getByLabel("Time")).toHaveValue("19:30");
	expect(await findAxeFaults(page, "the question when to be reminded")).toEqual([]);
	await page.setViewportSize({ width: 1280, height: 800 });
	// Nothing is set by looking at it.
	await page.keyboard.press("Escape");
	await expect(dialog).toHaveCount(0);

	ada.watch.allow(lostConnection);
	await page.context().setOffline(true);
	await ada.choose("bring the cake", "Remind me…");
	await dialog.getByLabel("Time").fill("18:45");
	await dialog.getByRole("button", { name: "Remind me" }).click();
	await expect(dialog).toHaveCount(0);
	await page.context().setOffline(false);
	await expect(ada.netBar).not.toContainText("offline");

	await ada.open("/you/reminders");
	const coming = page.getByRole("list", { name: "To come" });
	await expect(coming).toContainText("Dinner tomorrow at 19:30, bring the cake");
	await expect(coming).toContainText("06:45 PM");
	expect(await findAxeFaults(page, "reminders")).toEqual([]);
	for (const width of [360, 1280]) {
		await page.setViewportSize({ width, height: 800 });
		expect(await findSidewaysScroll(page)).toEqual([]);
	}
	await page.getByRole("button", { name: /^Change the reminder/ }).click();
	const change = dialogOf(page, "Change the reminder");
	await change.getByLabel("What").fill("The cake for dinner");
	await change.getByRole("button", { name: "Remind me" }).click();
	await expect(coming).toContainText("The cake for dinner");

	// A day later the bar says it, wherever one is.
	await page.clock.setSystemTime(Date.now() + 2 * 86_400_000);
	await page.reload();
	const bar = page.getByRole("region", { name: "Reminder", exact: true });
	await expect(bar).toContainText("The cake for dinner");
	expect(await findAxeFaults(page, "a reminder that is due")).toEqual([]);
	await page.setViewportSize({ width: 1280, height: 800 });
	await bar.getByRole("link", { name: "Open" }).click();
	await expect(ada.message("bring the cake")).toBeFocused();
	await bar.getByRole("button", { name: "In an hour" }).click();
	await expect(bar).toHaveCount(0);
	await ada.open("/you/reminders");
	await page.getByRole("button", { name: "Mark as done: The cake for dinner" }).click();
	await expect(page.getByRole("list", { name: "Done" })).toContainText("The cake for dinner");
	await page.getByRole("button", { name: "Delete all that are done" }).click();
	await expect(page.getByRole("main")).toContainText("You have none.");

	// None of it was told to the server.
	expect(sent.filter((text) => /cake|18:45/i.test(text))).toEqual([]);
});

test("what a summary says is to be done is proposed as a reminder, with the moment that the message names", async ({
	startServer,
	openBrowser,
}) => {
	await using ollama = await startScriptedOllama({
		chat: (_, answer) =>
			sayLines(answer, [
				{ label: "action", cites: [1], text: "Ada brings the cake." },
				{ label: "plain", cites: [2], text: "They like tea." },
			]),
	});
	const [ada] = await talkBesideAssistant({ startServer, openBrowser, ollama }, [
		"Bring the cake tomorrow at 8",
		"I like tea",
	]);
	const { page } = ada;
	await page.getByRole("link", { name: "Catch up" }).click();
	const pane = page.getByRole("complementary", { name: "Catch up" });
	await pane.getByRole("button", { name: "Last 100" }).click();
	await pane.getByRole("button", { name: "Sum up" }).click();
	await page.getByRole("dialog").getByRole("button", { name: /^Send/ }).click();
	const summary = pane.getByRole("region", { name: "Summary" });
	await expect(summary).toContainText("They like tea.");
	await expect(summary.getByRole("button", { name: "Remind me…" })).toHaveCount(1);
	expect(await findAxeFaults(page, "a summary with something to be reminded of")).toEqual([]);
	await page.setViewportSize({ width: 1280, height: 800 });
	await summary.getByRole("button", { name: "Remind me…" }).click();
	const dialog = dialogOf(page);
	await expect(dialog.getByLabel("What")).toHaveValue("Ada brings the cake.");
	await expect(dialog.getByLabel("Day")).toHaveValue(dayIn(1));
	await expect(dialog.getByLabel("Time")).toHaveValue("08:00");
	await dialog.getByLabel("Day").fill("2020-01-01");
	await dialog.getByRole("button", { name: "Remind me" }).click();
	await expect(dialog.getByRole("alert")).toContainText("That is over.");
	await dialog.getByLabel("Day").fill(dayIn(2));
	await dialog.getByRole("button", { name: "Remind me" }).click();
	await expect(dialog).toHaveCount(0);
	await ada.open("/you/reminders");
	await expect(page.getByRole("list", { name: "To come" })).toContainText("Ada brings the cake.");
});

test("a reminder that was set is kept, however soon its page is left", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	const { page } = ada;
	await openDirectChat(ada, ben);
	const chat = new URL(page.url()).pathname;
	const words = ["The first boat", "The second boat", "The third boat", "The fourth boat"];
	for (const said of words) await ben.send(said);
	for (const said of words) {
		await expect(ada.message(said)).toBeVisible();
		await ada.choose(said, "Remind me…");
		const dialog = dialogOf(page);
		await dialog.getByRole("button", { name: "Remind me" }).click();
		await expect(dialog).toHaveCount(0);
		await page.goto(chat);
	}
	await ada.open("/you/reminders");
	await expect(page.getByRole("list", { name: "To come" }).getByRole("listitem")).toHaveCount(words.length);
});
