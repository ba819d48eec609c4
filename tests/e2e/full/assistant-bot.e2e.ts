import { expect } from "@playwright/test";
import { startScriptedOllama } from "../../setup/scripted-ollama.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { sayLines } from "../support/enter-assistant.ts";
import { askMember, chooseMember, saidByMember, switchMemberOn } from "../support/enter-bot.ts";
import { enterConsole } from "../support/enter-console.ts";
import { test } from "../support/kith-test.ts";
import { findSidewaysScroll } from "../support/reflow-faults.ts";

test("an owner lets the assistant be asked into chats; in an encrypted one it answers who mentions it, leads to what it rests on, and everybody sees that it is there", async ({
	startServer,
	openBrowser,
}) => {
	await using ollama = await startScriptedOllama({
		chat: (_, answer) => sayLines(answer, [{ cites: [1], text: "The boat leaves at nine." }]),
	});
	const [olive, ben] = await enterConsole({ startServer, openBrowser, ollamaUrl: ollama.url });
	const { page } = olive;
	await switchMemberOn(olive);
	expect(await findAxeFaults(page, "the assistant, for the owner")).toEqual([]);

	await olive.open();
	await olive.startGroup("Harbour", ["ben"]);
	await ben.join("Harbour");
	await chooseMember(olive, async (dialog) => {
		await expect(dialog).toContainText("can read everything that is written here while it is a member");
		await dialog.getByLabel("Tell what happened").selectOption("Every week");
		await expect(dialog.getByLabel("At", { exact: true })).toHaveValue("18");
		await dialog.getByRole("checkbox", { name: /^Greet who comes/ }).check();
	});
	await expect(ben.page.getByText(/^Processed by AI on .*, not end-to-end encrypted/)).toBeVisible();

	await ben.send("The boat leaves at nine");
	await expect(olive.message("The boat leaves at nine")).toBeVisible();
	await askMember(olive, "when does the boat leave?");
	for (const member of [olive, ben]) {
		await expect(member.message("The boat leaves at nine. (Ben)")).toBeVisible();
	}
	await expect(page.locator(".bot-mark").first()).toHaveText("AI");
	const chip = saidByMember(olive, "The boat").getByRole("button", { name: "Message 1 that this rests on" });
	await expect(chip).toBeVisible();
	expect(await findAxeFaults(page, "a chat with the assistant in it")).toEqual([]);
	await page.setViewportSize({ width: 360, height: 740 });
	expect(await findSidewaysScroll(page)).toEqual([]);

	// By the keyboard alone: into the answer, on to the number, and to where it leads; and back.
	await page.setViewportSize({ width: 1280, height: 800 });
	const chat = page.url();
	await saidByMember(olive, "The boat").focus();
	await olive.tabToward(chip);
	await page.keyboard.press("Enter");
	await expect(olive.conversation.getByRole("article", { name: /^Ben,/ })).toBeFocused();
	expect(page.url()).not.toBe(chat);
	await page.goBack();
	await expect(page).toHaveURL(chat);
});
