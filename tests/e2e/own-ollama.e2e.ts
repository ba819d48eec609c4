import { expect } from "@playwright/test";
import { startScriptedOllama } from "../setup/scripted-ollama.ts";
import { enterAssistant, sayLines } from "./support/enter-assistant.ts";
import { test } from "./support/kith-test.ts";
import { openDirectChat } from "./support/open-direct-chat.ts";
import { sentTexts, useOwnOllama } from "./support/use-own-ollama.ts";

test("with an Ollama of one's own what was missed is summed up past the server, in a chat that was never opened to one", async ({
	startServer,
	openBrowser,
}) => {
	await using servers = await startScriptedOllama();
	await using own = await startScriptedOllama({
		chat: (_, answer) => sayLines(answer, [{ label: "decision", cites: [1], text: "They take the ferry at nine." }]),
	});
	const [ada, ben] = await enterAssistant({ startServer, openBrowser, ollama: servers });
	await openDirectChat(ada, ben);
	await ben.send("We take the ferry at nine");
	await expect(ada.message("We take the ferry at nine")).toBeVisible();
	await expect(ada.page.getByRole("link", { name: "Catch up" })).toHaveCount(0);

	const sent = sentTexts(ada);
	await useOwnOllama(ada, own.url);
	await ada.openChat("Ben");
	await ada.page.getByRole("link", { name: "Catch up" }).click();
	const pane = ada.page.getByRole("complementary", { name: "Catch up" });
	await expect(pane).toContainText("Processed by AI on this device: it goes to no server");
	await pane.getByRole("button", { name: "Last 100" }).click();
	await pane.getByRole("button", { name: "Sum up" }).click();
	const consent = ada.page.getByRole("dialog", { name: "Give 1 message of 1 person to the AI on this device?" });
	await expect(consent).toContainText(/nothing of it goes to localhost:\d+ or any other server/);
	await expect(consent).toContainText("We take the ferry at nine");
	expect(own.chats).toEqual([]);
	await consent.getByRole("button", { name: "Give 1 message" }).click();
	const summary = pane.getByRole("region", { name: "Summary" });
	await expect(summary).toContainText("They take the ferry at nine.");
	await summary.getByRole("link", { name: /^Message 1, Ben/ }).click();
	await expect(ada.message("We take the ferry at nine")).toBeFocused();
	expect(own.chats).toHaveLength(1);
	expect(own.chats[0]?.messages.at(-1)?.content).toContain("We take the ferry at nine");

	// It outlasts the page, and the server's Ollama was never asked for anything.
	await ada.page.reload();
	await expect(pane).toContainText("Processed by AI on this device");
	expect(servers.chats).toEqual([]);
	expect(sent.filter((text) => !text.startsWith(own.url) && text.includes("ferry"))).toEqual([]);
	expect(sent.filter((text) => text.startsWith(`${own.url}/api/chat`))).not.toEqual([]);
});
