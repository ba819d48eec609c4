import { expect } from "@playwright/test";
import { startScriptedOllama } from "../setup/scripted-ollama.ts";
import { allowAssistant, enterAssistant, sayLines } from "./support/enter-assistant.ts";
import { test } from "./support/kith-test.ts";
import { openDirectChat } from "./support/open-direct-chat.ts";

test("what was missed in an encrypted chat is summed up once its reader has seen what is sent, and leads to the messages", async ({
	startServer,
	openBrowser,
}) => {
	await using ollama = await startScriptedOllama();
	const [ada, ben] = await enterAssistant({ startServer, openBrowser, ollama });
	await openDirectChat(ada, ben);
	await ada.page.getByRole("link", { name: "Kith, home" }).click();
	for (const words of ["We take the ferry at nine", "I have booked the cabin", "Please bring tea"])
		await ben.send(words);
	await expect(ada.row("Ben")).toContainText("Please bring tea");
	await ada.openChat("Ben");
	await expect(ada.message("Please bring tea")).toBeVisible();

	// Encrypted chats begin without it.
	const catchUp = ada.page.getByRole("link", { name: "Catch up" });
	await expect(ada.page.getByRole("link", { name: "About this chat" })).toBeVisible();
	await expect(catchUp).toHaveCount(0);
	await allowAssistant(ada);
	await expect(ben.conversation.getByText("Ada allowed the assistant in this chat")).toBeVisible();

	ollama.script = {
		chat: (_, answer) =>
			sayLines(answer, [
				{ label: "plain", cites: [], text: "It may rain." },
				{ label: "decision", cites: [1], text: "They take the ferry at nine." },
				{ label: "action", cites: [3], text: "Ada brings tea." },
			]),
	};
	await catchUp.click();
	const pane = ada.page.getByRole("complementary", { name: "Catch up" });
	await expect(pane).toContainText("not end-to-end encrypted");
	await expect(pane.getByRole("button", { name: "Unread" })).toHaveAttribute("aria-pressed", "true");
	await pane.getByRole("button", { name: "Sum up" }).click();
	const consent = ada.page.getByRole("dialog", { name: /^Send 3 messages of 1 person to localhost/ });
	for (const words of ["We take the ferry at nine", "I have booked the cabin", "Please bring tea"]) {
		await expect(consent).toContainText(words);
	}
	expect(ollama.chats).toEqual([]);
	await consent.getByRole("button", { name: "Send 3 messages" }).click();

	const summary = pane.getByRole("region", { name: "Summary" });
	await expect(summary.getByRole("heading")).toHaveText(["Decided", "To do", "Also said"]);
	await expect(summary.getByRole("listitem").filter({ hasText: "It may rain." })).toContainText("No message says this");
	expect(ollama.chats).toHaveLength(1);
	expect(ollama.chats[0]?.messages.at(-1)?.content).toContain("I have booked the cabin");

	await summary.getByRole("link", { name: /^Message 3, Ben/ }).click();
	await expect(ada.message("Please bring tea")).toBeFocused();
	await expect(ada.page).toHaveURL(/\/catch-up\/[^/]+$/);
	await expect(summary).toContainText("Ada brings tea.");
	await ada.page.goBack();
	await expect(ada.page).toHaveURL(/\/catch-up$/);
	// What was sent once is not sent again by opening the pane.
	await pane.getByRole("link", { name: "Close" }).click();
	await expect(pane).toHaveCount(0);
	await catchUp.click();
	await expect(summary).toContainText("They take the ferry at nine.");
	expect(ollama.chats).toHaveLength(1);
});
