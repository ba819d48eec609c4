import { expect } from "@playwright/test";
import { startScriptedOllama } from "../../setup/scripted-ollama.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { sayLines } from "../support/enter-assistant.ts";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";
import { give, useOwnOllama } from "../support/use-own-ollama.ts";

test("a question finds by what messages mean, which is read here while the chat is open, also what comes then, and is kept", async ({
	meet,
}) => {
	test.setTimeout(300_000);
	const isAboutKeys = (text: string): boolean => /pot|unlock/.test(text);
	await using own = await startScriptedOllama({
		showOf: (model) => ({
			capabilities: [model.startsWith("embed") ? "embedding" : "completion"],
			model_info: { "x.context_length": 8192 },
		}),
		embed: (texts) => texts.map((text) => (isAboutKeys(text) ? [1, 0.05, 0] : [0, 0.05, 1])),
		chat: (_, answer) => sayLines(answer, [{ cites: [1], text: "It lies under the pot." }]),
	});
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	const said = [
		"It lies under the pot",
		"We take the ferry at nine",
		"Fine",
		"Bring tea",
		"The cabin is booked",
		"Good",
	];
	for (const words of said) await ben.send(words);
	await expect(ada.message("Good")).toBeVisible();
	await useOwnOllama(ada, own.url);
	const { page } = ada;
	await ada.openChat("Ben");
	await page.getByRole("link", { name: "Catch up" }).click();
	const pane = page.getByRole("complementary", { name: "Catch up" });
	const field = pane.getByRole("textbox", { name: "Ask about this chat" });
	await expect.poll(() => own.embedded.flat().length).toBe(said.length);
	await field.fill("How do I unlock?");
	await page.keyboard.press("Enter");
	const consent = page.getByRole("dialog", { name: /^Give \d+ messages? of 1 person/ });
	await expect(consent).toContainText("It lies under the pot");
	await expect(consent).not.toContainText("The cabin is booked");
	await give(page);
	const answer = pane.getByRole("region", { name: "How do I unlock?" });
	await expect(answer).toContainText("It lies under the pot.");
	await expect(answer).not.toContainText("None has to do with your question");
	expect(await findAxeFaults(page, "a pane that finds by meaning")).toEqual([]);
	await page.setViewportSize({ width: 1280, height: 800 });

	// What was read once is not read again, also by the next page.
	const count = own.embedded.flat().length;
	await page.reload();
	await expect(ada.message("Good")).toBeVisible();
	await field.fill("How do I unlock?");
	await page.keyboard.press("Enter");
	await expect(consent).toContainText("It lies under the pot");
	expect(own.embedded.flat()).toHaveLength(count + 1);
	await consent.getByRole("button", { name: "Cancel" }).click();

	// What comes while the pane is open is read at once.
	await ben.send("Who waters the plants?");
	await expect
		.poll(() => own.embedded.flat().slice(count + 1))
		.toEqual([expect.stringContaining("Who waters the plants?")]);

	// One that does not do it is said, and can be asked to go on; questions find by words meanwhile.
	own.script = { ...own.script, embed: () => [] };
	await ben.send("One more about the ferry");
	await expect(pane).toContainText("didn’t read it for what it means: 7 of 8");
	await field.fill("When is the ferry?");
	await page.keyboard.press("Enter");
	await expect(consent).toContainText("We take the ferry at nine");
	await consent.getByRole("button", { name: "Cancel" }).click();
	own.script = { ...own.script, embed: (texts) => texts.map(() => [0, 0.05, 1]) };
	await pane.getByRole("button", { name: "Go on" }).click();
	await expect(pane).not.toContainText("for what it means");
});
