import { expect } from "@playwright/test";
import { startScriptedOllama } from "../../setup/scripted-ollama.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { sayLines } from "../support/enter-assistant.ts";
import { consoleOf, enterConsole } from "../support/enter-console.ts";
import { keeps } from "../support/kept-data.ts";
import { test } from "../support/kith-test.ts";
import { findSidewaysScroll } from "../support/reflow-faults.ts";
import { refusal } from "../support/watch-context.ts";

test("a question is answered from the help with its parts, and handed to the owner as its person agrees to", async ({
	startServer,
	openBrowser,
}) => {
	await using ollama = await startScriptedOllama({
		chat: (_, answer) =>
			sayLines(answer, [
				{ cites: [1], text: "Type your recovery key on the new device." },
				{ cites: [], text: "It works on Sundays too." },
			]),
	});
	const [olive, ben] = await enterConsole({ startServer, openBrowser, ollamaUrl: ollama.url });
	await ben.page.goto("/you/help");
	const server = consoleOf(ben.page);
	await server.say("/people");
	await expect(server.last).toContainText("There is no command /people");
	await server.say("/help");
	await expect(server.last.getByRole("listitem")).toHaveCount(5);

	await server.say("How do I read old messages with my recovery key?");
	await expect(server.last).toContainText("The help doesn’t say this");
	await expect(server.last).toContainText("Answered by AI on localhost");
	expect(ollama.chats[0]?.messages.at(-1)?.content).toContain("How do I read old messages");
	await server.last.getByRole("button", { name: /^Part 1: / }).click();
	const passage = ben.page.getByRole("dialog");
	await expect(passage).toContainText("From docs/help.md");
	await expect(passage).toContainText("recovery key");
	await passage.getByRole("button", { name: "Close" }).click();
	expect(await findAxeFaults(ben.page, "answer")).toEqual([]);
	await ben.page.setViewportSize({ width: 320, height: 640 });
	expect(await findSidewaysScroll(ben.page)).toEqual([]);

	await server.last.getByRole("button", { name: "Ask whoever runs this server" }).click();
	const dialog = ben.page.getByRole("dialog", { name: "Write to whoever runs this server" });
	await expect(dialog).toContainText("Olive gets exactly this");
	const message = dialog.getByRole("textbox", { name: "Message" });
	await expect(message).toHaveValue(/^I asked: How do I read old messages/);
	await message.fill("My old phone is gone. Can you help me?");
	await dialog.getByRole("button", { name: "Send to Olive" }).click();
	await expect(server.last).toContainText("Sent to Olive.");

	await olive.row("Ben").click();
	await olive.page
		.getByRole("button", { name: "Accept" })
		.or(olive.page.getByRole("button", { name: "Join" }))
		.click();
	await expect(olive.message("My old phone is gone. Can you help me?")).toBeVisible();
	await expect(olive.conversation).not.toContainText("I asked");
	await server.last.getByRole("link", { name: "Open the chat" }).click();
	await expect(ben.message("My old phone is gone. Can you help me?")).toBeVisible();
});

test("the owner’s own words become a command that is shown, run when they say so, and confirmed where it takes something", async ({
	startServer,
	openBrowser,
}) => {
	const chosen = [
		{ command: "people sign-out", arguments: ["ben"] },
		{ command: "people suspend", arguments: ["olive"] },
		{ command: "none", arguments: [] },
	];
	await using ollama = await startScriptedOllama({
		chat: async (_, answer) => {
			await answer.say(JSON.stringify(chosen.shift()));
			await answer.end();
		},
	});
	const [olive, ben] = await enterConsole({ startServer, openBrowser, ollamaUrl: ollama.url });
	await olive.page.goto("/admin/chat");
	const server = consoleOf(olive.page);
	await server.say("Please sign ben out everywhere");
	const meant = server.pane.getByRole("region", { name: "Nothing is done yet" });
	await expect(meant).toContainText("/people sign-out ben");
	await expect(server.last).toContainText("from your words alone");
	expect(await findAxeFaults(olive.page, "meaning")).toEqual([]);
	await meant.getByRole("button", { name: "Run it" }).click();
	const proposal = server.pane.getByRole("region", { name: "Sign out all devices of Ben?" });
	await expect(proposal).toContainText("1 device is signed in.");
	await expect(ben.page).toHaveURL(/\/chat/);
	ben.watch.allow(refusal);
	await proposal.getByRole("button", { name: "Sign out" }).click();
	await expect(server.last).toContainText("1 device was signed out.");
	await expect(ben.page).toHaveURL(/\/sign-in/);

	// A name that was not said is not believed.
	await server.say("Please suspend the other one");
	await expect(server.last).toContainText("I know no command that does that.");
	await server.say("Make me a cup of tea");
	await expect(server.last).toContainText("I know no command that does that.");
	await expect(server.last.getByRole("button")).toHaveText(["Look in the help"]);
	for (const { messages } of ollama.chats) expect(messages.at(-1)?.content.match(/"from"/g)).toHaveLength(26);
});

test("a proposal that was cancelled does nothing, and what was said is kept nowhere", async ({
	startServer,
	openBrowser,
}) => {
	await using ollama = await startScriptedOllama();
	const [olive, ben] = await enterConsole({ startServer, openBrowser, ollamaUrl: ollama.url });
	await olive.page.goto("/admin/chat");
	const server = consoleOf(olive.page);
	await server.say("/people suspend ben");
	await server.last.getByRole("button", { name: "Cancel" }).click();
	await expect(server.last).toContainText("You left it as it is.");
	await expect(server.last.getByRole("button")).toHaveCount(0);

	await server.say("/people sign-out canary-nobody");
	await expect(server.last).toContainText("Nobody has this name.");
	await server.say("/invites make 2");
	await expect(server.last.locator("code")).toContainText("/sign-up#token=");
	expect(await keeps(olive, "canary-nobody")).toBe(false);
	await olive.page.reload();
	await expect(server.pane.getByRole("article")).toHaveCount(0);
	await ben.open();
	await expect(ben.page).toHaveURL(/\/chat/);
});
