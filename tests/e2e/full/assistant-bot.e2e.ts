import { expect } from "@playwright/test";
import { startScriptedOllama } from "../../setup/scripted-ollama.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { sayLines } from "../support/enter-assistant.ts";
import { enterConsole } from "../support/enter-console.ts";
import { test } from "../support/kith-test.ts";
import { findSidewaysScroll } from "../support/reflow-faults.ts";

test("an owner lets the assistant be asked into chats; in an encrypted one it answers who mentions it, and everybody sees that it is there", async ({
	startServer,
	openBrowser,
}) => {
	await using ollama = await startScriptedOllama({
		chat: (_, answer) => sayLines(answer, [{ cites: [1], text: "The boat leaves at nine." }]),
	});
	const [olive, ben] = await enterConsole({ startServer, openBrowser, ollamaUrl: ollama.url });
	const { page } = olive;
	await page.goto("/admin/assistant");
	await page.getByRole("switch", { name: "Let it be asked into chats" }).click();
	await expect(page.getByText(/^@assistant:/)).toBeVisible();
	expect(await findAxeFaults(page, "the assistant, for the owner")).toEqual([]);

	await olive.open();
	await olive.startGroup("Harbour", ["ben"]);
	await ben.join("Harbour");
	await olive.openInfo();
	await olive.info.getByRole("button", { name: /^Assistant Off/ }).click();
	const dialog = page.getByRole("dialog", { name: "Assistant" });
	await dialog.getByRole("radio", { name: /^Member of the chat/ }).check();
	await expect(dialog).toContainText("can read everything that is written here while it is a member");
	await dialog.getByLabel("Tell what happened").selectOption("Every week");
	await expect(dialog.getByLabel("At", { exact: true })).toHaveValue("18");
	await dialog.getByRole("checkbox", { name: /^Greet who comes/ }).check();
	await dialog.getByRole("button", { name: "Save" }).click();
	const reads = /^Processed by AI on .*, not end-to-end encrypted/;
	for (const member of [olive, ben]) await expect(member.page.getByText(reads)).toBeVisible();

	await ben.send("The boat leaves at nine");
	await expect(olive.message("The boat leaves at nine")).toBeVisible();
	await olive.composer.pressSequentially("@Assis");
	await expect(page.getByRole("option", { name: "Assistant" })).toBeVisible();
	await olive.composer.press("Enter");
	await olive.composer.pressSequentially("when does the boat leave?");
	await olive.composer.press("Enter");
	for (const member of [olive, ben]) {
		await expect(member.message("The boat leaves at nine. (Ben)")).toBeVisible();
	}
	await expect(page.locator(".bot-mark").first()).toHaveText("AI");
	expect(await findAxeFaults(page, "a chat with the assistant in it")).toEqual([]);
	await page.setViewportSize({ width: 360, height: 740 });
	expect(await findSidewaysScroll(page)).toEqual([]);
});
