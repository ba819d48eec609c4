import { expect } from "@playwright/test";
import { startScriptedOllama } from "../../setup/scripted-ollama.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { allowAssistant, enterNamed } from "../support/enter-assistant.ts";
import { type Member, test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";
import { findSidewaysScroll } from "../support/reflow-faults.ts";

const automatic = "Automatic reply (AI): Ada is away until Monday.";

async function switchOn({ page }: Member): Promise<void> {
	await page.getByRole("switch", { name: "Answer for me while I’m away" }).click();
	const dialog = page.getByRole("dialog", { name: "Answer for you on this device?" });
	await expect(dialog).toContainText("you don’t see it before");
	expect(await findAxeFaults(page, "the question before answering by itself")).toEqual([]);
	await page.setViewportSize({ width: 1280, height: 800 });
	await dialog.getByRole("textbox", { name: "What it may say" }).fill("Away until Monday");
	await dialog.getByRole("button", { name: "Switch on" }).click();
}

test("who is away answers each person once, marked as automatic, until they write something themselves", async ({
	startServer,
	openBrowser,
}) => {
	test.setTimeout(300_000);
	await using ollama = await startScriptedOllama({
		chat: (_, answer) => answer.say("Ada is away until Monday.").then(() => answer.end()),
	});
	const [ada, ben, cleo] = await enterNamed({ startServer, openBrowser, ollama }, ["Ada", "Ben", "Cleo"]);
	if (ada === undefined || ben === undefined || cleo === undefined) throw new Error("three people were asked for");
	const { page } = ada;
	for (const other of [cleo, ben]) {
		await openDirectChat(ada, other);
		await ada.send(`A word of Ada to ${other.displayName}`);
		await expect(other.message("A word of Ada")).toBeVisible();
		await allowAssistant(ada);
	}
	await ada.open("/you/assistant");
	await switchOn(ada);
	const bar = page.getByRole("region", { name: "Automatic replies" });
	await expect(bar).toBeVisible();

	// In every window it is one switch.
	const second = await page.context().newPage();
	await second.goto(new URL("/chat", page.url()).href);
	await second.getByRole("region", { name: "Automatic replies" }).getByRole("button", { name: "Switch off" }).click();
	await expect(bar).toHaveCount(0);
	await switchOn(ada);
	await expect(second.getByRole("region", { name: "Automatic replies" })).toBeVisible();
	await second.close();

	await ben.send("Are you there?");
	await expect(ben.message(automatic)).toBeVisible();
	const prompt = JSON.stringify(ollama.chats[0]?.messages);
	expect(prompt).toContain("Are you there?");
	expect(prompt).toContain("Away until Monday");
	expect(prompt).not.toContain("A word of Ada");

	// Once for each: what Ben writes next is passed over, while Cleo is answered.
	await ben.send("And now?");
	await cleo.send("Hello Ada");
	await expect(cleo.message(automatic)).toBeVisible();
	expect(ollama.chats).toHaveLength(2);
	expect(JSON.stringify(ollama.chats[1]?.messages)).not.toContain("Are you there?");
	await expect(ben.message(automatic)).toHaveCount(1);
	const sent = page.getByRole("list", { name: "What was sent" });
	await expect(sent.getByRole("listitem")).toHaveText([/^To Cleo,.*Ada is away/, /^To Ben,.*Ada is away/]);
	expect(await findAxeFaults(page, "what was sent by itself")).toEqual([]);
	await page.setViewportSize({ width: 320, height: 640 });
	expect(await findSidewaysScroll(page)).toEqual([]);
	await page.setViewportSize({ width: 1280, height: 800 });

	// It is still on after a reload, and goes off with the first word that Ada writes.
	await page.reload();
	await expect(bar).toBeVisible();
	await ada.open("/chat");
	await ada.openChat("Ben");
	await ada.send("I am back");
	await expect(bar).toHaveCount(0);
	await ben.send("Welcome back");
	await expect(ada.message("Welcome back")).toBeVisible();
	await ada.open("/you/assistant");
	await expect(page.getByRole("main")).toContainText("It went off because you wrote something.");
	expect(ollama.chats).toHaveLength(2);
});
