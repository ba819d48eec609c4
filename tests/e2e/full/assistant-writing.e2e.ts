import { expect } from "@playwright/test";
import { type ScriptedAnswer, startScriptedOllama } from "../../setup/scripted-ollama.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { talkBesideAssistant } from "../support/enter-assistant.ts";
import { test } from "../support/kith-test.ts";

test("replies are suggested to whoever asks, go into the field by a tap, and are never sent", async ({
	startServer,
	openBrowser,
}) => {
	await using ollama = await startScriptedOllama({
		chat: async (_, answer) => {
			await answer.say(JSON.stringify({ replies: ["Yes, gladly", "Not today", "Ask me later"] }));
			await answer.end();
		},
	});
	const [ada, ben] = await talkBesideAssistant({ startServer, openBrowser, ollama }, ["Tea at four?"]);
	const { page } = ada;
	const suggest = page.getByRole("button", { name: "Suggest replies" });
	await expect(ben.composer).toBeVisible();
	await expect(ben.page.getByRole("button", { name: "Suggest replies" })).toHaveCount(0);
	await suggest.click();
	await page.getByRole("dialog").getByRole("button", { name: "Send 1 message" }).click();
	const replies = page.getByRole("region", { name: "Suggested replies" });
	await expect(replies.getByRole("listitem")).toHaveText(["Yes, gladly", "Not today", "Ask me later"]);
	expect(await findAxeFaults(page, "suggested replies")).toEqual([]);
	await page.setViewportSize({ width: 1280, height: 800 });
	await replies.getByRole("button", { name: "Not today" }).click();
	await expect(ada.composer).toHaveValue("Not today");
	await expect(ada.composer).toBeFocused();
	await expect(replies).toHaveCount(0);
	await ada.composer.fill("");
	await replies.getByRole("button", { name: "No suggestions" }).click();
	await expect(suggest).toHaveCount(0);
	await expect(ada.composer).toHaveValue("");
	await ben.expectTexts(["Tea at four?"]);
	await ben.send("Or at five?");
	await expect(suggest).toBeVisible();
});

test("what is written is made anew and offered, put in and taken out again; a message is translated from its menu", async ({
	startServer,
	openBrowser,
}) => {
	await using ollama = await startScriptedOllama();
	const say = (words: string) => ({
		chat: async (_: unknown, answer: ScriptedAnswer) => {
			for (const word of words.split(/(?<= )/)) await answer.say(word);
			await answer.end();
		},
	});
	const [ada] = await talkBesideAssistant({ startServer, openBrowser, ollama }, ["Guten Morgen"]);
	const { page } = ada;
	const open = (item: string) =>
		page
			.getByRole("button", { name: "Write with the assistant" })
			.click()
			.then(() => page.getByRole("menuitem", { name: item }).click());
	await ada.composer.fill("i cant com tomorow");
	ollama.script = say("I can’t come tomorrow.");
	await open("Fix mistakes");
	const consent = page.getByRole("dialog", { name: /^Send this text to/ });
	await expect(consent).toContainText("i cant com tomorow");
	await consent.getByRole("button", { name: "Send" }).click();
	const offer = page.getByRole("region", { name: "Fix mistakes" });
	await expect(offer).toContainText("I can’t come tomorrow.");
	await expect(ada.composer).toHaveValue("i cant com tomorow");
	expect(await findAxeFaults(page, "an offered text")).toEqual([]);
	await page.setViewportSize({ width: 1280, height: 800 });
	await offer.getByRole("button", { name: "Use this" }).click();
	await expect(ada.composer).toHaveValue("I can’t come tomorrow.");
	await page.getByRole("button", { name: "Undo" }).click();
	await expect(ada.composer).toHaveValue("i cant com tomorow");
	await expect(page.getByRole("button", { name: "Undo" })).toHaveCount(0);
	await ada.expectTexts(["Guten Morgen"]);

	await ada.composer.fill("");
	ollama.script = say("Sorry, I am late.");
	await open("Draft a message…");
	const dialog = page.getByRole("dialog", { name: "Draft a message" });
	await dialog.getByRole("textbox", { name: "What to write" }).fill("say that I am late");
	await dialog.getByRole("button", { name: "Draft" }).click();
	await page
		.getByRole("dialog", { name: /^Send 1 message of 1 person/ })
		.getByRole("button", { name: /^Send/ })
		.click();
	await page.getByRole("region", { name: "Draft" }).getByRole("button", { name: "Use this" }).click();
	await expect(ada.composer).toHaveValue("Sorry, I am late.");

	ollama.script = say("Good morning");
	await ada.choose("Guten Morgen", "Translate");
	await page
		.getByRole("dialog", { name: /^Send this text to/ })
		.getByRole("button", { name: "Send" })
		.click();
	const translation = page.getByRole("dialog", { name: "Translation" });
	await expect(translation).toContainText("Good morning");
	expect(await findAxeFaults(page, "a translation")).toEqual([]);
});
