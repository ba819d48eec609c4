import { expect } from "@playwright/test";
import { startScriptedOllama } from "../../setup/scripted-ollama.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import type { ChatScreen } from "../support/chat-screen.ts";
import { allowAssistant, enterAssistant } from "../support/enter-assistant.ts";
import { countKept } from "../support/kept-data.ts";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";

const said = ["It lies under the pot", "We take the ferry at nine", "Fine", "Bring tea", "The cabin is booked", "Good"];

test("a server reads for meaning the chats that its person chose, as long as they and the chat's people want it", async ({
	startServer,
	openBrowser,
}) => {
	test.setTimeout(300_000);
	const isAboutKeys = (text: string): boolean => /pot|unlock/.test(text);
	await using ollama = await startScriptedOllama({
		embed: (texts) => texts.map((text) => (isAboutKeys(text) ? [1, 0.05, 0] : [0, 0.05, 1])),
	});
	const [ada, ben] = await enterAssistant({ startServer, openBrowser, ollama });
	const { page } = ada;
	const sent = (): readonly string[] => ollama.embedded.flat();
	await openDirectChat(ada, ben);
	for (const words of said) await ben.send(words);
	await expect(ada.message("Good")).toBeVisible();
	await allowAssistant(ada);
	const pane = page.getByRole("complementary", { name: "Catch up" });
	const field = pane.getByRole("textbox", { name: "Ask about this chat" });
	const consent = page.getByRole("dialog", { name: /^Send \d+ messages? of 1 person/ });
	const ask = async (): Promise<void> => {
		await field.fill("How do I unlock?");
		await field.press("Enter");
		await consent.waitFor();
	};

	// Nobody chose anything: words have to do, and the server is asked for nothing.
	await page.getByRole("link", { name: "Catch up" }).click();
	await ask();
	await consent.getByRole("button", { name: "Cancel" }).click();
	await expect(pane).not.toContainText("by words alone");

	// To allow it sends nothing yet.
	await ada.open("/you/assistant");
	const allow = page.getByRole("switch", { name: /^Let .+ read chats that I choose/ });
	await allow.click();
	await page.getByRole("dialog").getByText("so could whoever runs it").waitFor();
	expect(await findAxeFaults(page, "what it means to let the server read")).toEqual([]);
	await page.getByRole("button", { name: "Allow it" }).click();
	await expect(page.getByRole("main")).toContainText("no chat is chosen yet");
	expect(sent()).toEqual([]);

	// Choosing a chat names what goes where.
	const openPane = async (): Promise<void> => {
		await ada.open();
		await ada.openChat("Ben");
		await page.getByRole("link", { name: "Catch up" }).click();
	};
	await openPane();
	await pane.getByRole("button", { name: "Find by meaning, too…" }).click();
	await page.getByRole("dialog", { name: /^Let .+ read 6 messages for what they mean\?$/ }).waitFor();
	expect(await findAxeFaults(page, "the choice of a chat")).toEqual([]);
	expect(sent()).toEqual([]);
	await page.getByRole("button", { name: "Let it read" }).click();
	await expect.poll(sent).toHaveLength(said.length);
	await expect.poll(() => countKept(ada, "vectors")).toBe(1);
	await ask();
	await expect(consent).toContainText("It lies under the pot");
	await expect(consent).not.toContainText("The cabin is booked");
	await consent.getByRole("button", { name: "Cancel" }).click();
	expect(sent().at(-1)).toBe("How do I unlock?");

	// What comes while the pane is open is read at once; what was read is not read again.
	await ben.send("Who waters the plants?");
	await expect.poll(() => sent().slice(said.length + 1)).toEqual([expect.stringContaining("Who waters the plants?")]);
	await expect.poll(() => countKept(ada, "vectors")).toBe(2);
	await page.reload();
	await expect(ada.message("Who waters the plants?")).toBeVisible();
	await ask();
	await consent.getByRole("button", { name: "Cancel" }).click();
	expect(sent()).toHaveLength(said.length + 3);

	// Its people want no assistant any more: what came of the chat goes, and nothing more is sent.
	await choosePolicy(ada, "Off");
	await expect.poll(() => countKept(ada, "vectors")).toBe(0);
	await ben.send("Nobody reads this");
	await expect(ada.message("Nobody reads this")).toBeVisible();
	const count = sent().length;
	await choosePolicy(ada, "Personal");
	await page.getByRole("link", { name: "Catch up" }).click();
	await expect.poll(() => sent().slice(count)).toHaveLength(said.length + 2);
	await expect.poll(() => countKept(ada, "vectors")).toBe(1);

	// Nor does its person.
	await ada.open("/you/assistant");
	await expect(page.getByRole("main")).toContainText("On, for 1 chat.");
	await page.getByRole("button", { name: "No longer read Ben" }).click();
	await expect.poll(() => countKept(ada, "vectors")).toBe(0);
	await allow.click();
	await expect(page.getByRole("main")).toContainText("Off: questions find by words alone.");
	const last = sent().length;
	await openPane();
	await ask();
	await expect(pane).not.toContainText("by words alone");
	expect(sent()).toHaveLength(last);
});

async function choosePolicy(one: ChatScreen, policy: "Off" | "Personal"): Promise<void> {
	const { page, info } = one;
	await one.openInfo();
	await info.getByRole("button", { name: /^Assistant/ }).click();
	const dialog = page.getByRole("dialog", { name: "Assistant" });
	await dialog.getByRole("radio", { name: new RegExp(`^${policy}`) }).check();
	await dialog.getByRole("button", { name: "Save" }).click();
	await expect(dialog).toHaveCount(0);
}
