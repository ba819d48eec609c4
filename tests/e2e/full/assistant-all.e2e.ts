import { expect, type Locator } from "@playwright/test";
import { type ScriptedAnswer, type ScriptedChat, startScriptedOllama } from "../../setup/scripted-ollama.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { allowAssistant, enterAssistant, sayLines } from "../support/enter-assistant.ts";
import { type Member, test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";
import { findSidewaysScroll } from "../support/reflow-faults.ts";

/** Answers with the line about a key that it was given, and one that rests on nothing. */
async function tellOfKey({ messages }: ScriptedChat, answer: ScriptedAnswer): Promise<void> {
	const [, number = "", words = ""] =
		/"n":(\d+),[^\n]*"text":"([^"]*key[^"]*)"/.exec(messages.at(-1)?.content ?? "") ?? [];
	await sayLines(answer, [
		{ cites: [Number(number)], text: `Somebody wrote: ${words}` },
		{ cites: [], text: "And I guess that it is lost." },
	]);
}

async function startGroupWith([ada, ben]: readonly [Member, Member], name: string, words: string): Promise<void> {
	await ada.startGroup(name, [ben.localpart]);
	await ben.join(name);
	await ada.send(`Welcome to ${name}`);
	await expect(ben.message(`Welcome to ${name}`)).toBeVisible();
	await ben.send(words);
	await expect(ada.message(words)).toBeVisible();
}

async function askAll(page: Member["page"], question: string): Promise<Locator> {
	await page.getByRole("main").getByRole("textbox", { name: "Ask all your chats" }).fill(question);
	await page.keyboard.press("Enter");
	const consent = page.getByRole("dialog", { name: /^Send \d+ messages of \d chats? to/ });
	await expect(consent).toBeVisible();
	return consent;
}

test("a question to all chats goes to each encrypted chat by itself, with what was agreed to, and its answers lead into the right chat", async ({
	startServer,
	openBrowser,
}) => {
	test.setTimeout(300_000);
	await using ollama = await startScriptedOllama({ chat: tellOfKey });
	const [ada, ben] = await enterAssistant({ startServer, openBrowser, ollama });
	const { page } = ada;
	await openDirectChat(ada, ben);
	await ben.send("The key of the shed is under the pot");
	await expect(ada.message("under the pot")).toBeVisible();
	await allowAssistant(ada);
	await startGroupWith([ada, ben], "Band", "Sol has the key of the piano");
	await allowAssistant(ada);
	await startGroupWith([ada, ben], "Bank", "The key number is 4711");

	await ada.open("/ask");
	const consent = await askAll(page, "Where is the key?");
	await expect(consent).toContainText("The key of the shed is under the pot");
	await expect(consent).toContainText("Sol has the key of the piano");
	await expect(consent).toContainText("Left out, because the assistant is off there: Bank.");
	await expect(consent).not.toContainText("4711");
	expect(await findAxeFaults(page, "the question before chats are asked")).toEqual([]);
	await page.setViewportSize({ width: 1280, height: 800 });
	expect(ollama.chats).toEqual([]);
	await consent.getByRole("button", { name: /^Send/ }).click();

	const answer = page.getByRole("main").getByRole("region", { name: "Where is the key?" });
	const [band, direct] = [answer.getByRole("region", { name: "Band" }), answer.getByRole("region", { name: "Ben" })];
	await expect(band.getByRole("listitem")).toContainText("Somebody wrote: Sol has the key of the piano");
	await expect(direct.getByRole("listitem")).toContainText("Somebody wrote: The key of the shed is under the pot");
	await expect(band).toContainText("1 line without a message behind it is left out.");
	await expect(answer).not.toContainText("I guess");
	// One chat a run, and nothing of the one that is off.
	expect(ollama.chats).toHaveLength(2);
	const prompts = ollama.chats.map(({ messages }) => JSON.stringify(messages));
	for (const prompt of prompts) {
		expect([prompt.includes("of the shed"), prompt.includes("of the piano")].filter(Boolean)).toHaveLength(1);
		expect(prompt).not.toContain("4711");
	}
	expect(await findAxeFaults(page, "what all chats answer")).toEqual([]);
	await page.setViewportSize({ width: 320, height: 640 });
	expect(await findSidewaysScroll(page)).toEqual([]);
	await page.setViewportSize({ width: 1280, height: 800 });

	await direct.getByRole("link", { name: /^Message \d+, Ben/ }).click();
	await expect(ada.message("under the pot")).toBeFocused();
	await expect(ada.composer).toHaveValue("");
	await page.goBack();
	await expect(answer).toContainText("under the pot");
	await band.getByRole("link", { name: /^Message \d+, Ben/ }).click();
	await expect(ada.message("key of the piano")).toBeFocused();
	await page.goBack();

	// A chat can be left out, and what runs be stopped.
	ollama.script = { chat: (_, said) => said.say('{"known":true,"lines":[').then(() => said.gone) };
	const again = await askAll(page, "Who has the key?");
	await again.getByRole("checkbox", { name: /^Ben/ }).uncheck();
	await expect(again).not.toContainText("under the pot");
	await page.getByRole("dialog").getByRole("button", { name: /^Send/ }).click();
	await expect(page.getByRole("main").getByRole("status")).toContainText("Asking about Band");
	await expect.poll(() => ollama.chats.length).toBe(3);
	await page.getByRole("main").getByRole("button", { name: "Stop" }).click();
	await expect(page.getByRole("region", { name: "Who has the key?" })).toContainText("You stopped it here.");
	await expect.poll(() => ollama.aborted.length).toBe(1);
	await page.getByRole("main").getByRole("textbox").fill("Zebra?");
	await page.keyboard.press("Enter");
	await expect(page.getByRole("alert").filter({ hasText: "None of your chats" })).toBeVisible();
	expect(ollama.chats).toHaveLength(3);
});
