import { expect } from "@playwright/test";
import { type ScriptedChat, startScriptedOllama } from "../../setup/scripted-ollama.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { allowAssistant, enterAssistant, sayLines } from "../support/enter-assistant.ts";
import { type Member, test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";
import { findSidewaysScroll } from "../support/reflow-faults.ts";
import { give, sentTexts, useOwnOllama } from "../support/use-own-ollama.ts";
import { refusal } from "../support/watch-context.ts";

/** What each kind of run is answered with. */
const answerTo = ({ format }: ScriptedChat): string => {
	if (format === undefined) return "Written for you.";
	if (format.properties?.["replies"] !== undefined) return JSON.stringify({ replies: ["Yes", "No", "Later"] });
	return JSON.stringify({ known: true, lines: [{ label: "plain", cites: [1], text: "The key is under the pot." }] });
};

async function talk(ada: Member, ben: Member): Promise<void> {
	await openDirectChat(ada, ben);
	await ben.send("The key is under the pot");
	await expect(ada.message("The key is under the pot")).toBeVisible();
}

test("everything in a chat is done by the person's own Ollama, of a server that has none", async ({ meet }) => {
	test.setTimeout(300_000);
	await using own = await startScriptedOllama({
		chat: async (chat, answer) => {
			await answer.say(answerTo(chat));
			await answer.end();
		},
	});
	const [ada, ben] = await meet("ada", "ben");
	await talk(ada, ben);
	const sent = sentTexts(ada);
	await useOwnOllama(ada, own.url);
	const { page } = ada;
	expect(await findAxeFaults(page, "chats of a person with an own Ollama")).toEqual([]);
	await page.setViewportSize({ width: 1280, height: 800 });
	await ada.openChat("Ben");

	await page.getByRole("button", { name: "Suggest replies" }).click();
	await give(page);
	const replies = page.getByRole("region", { name: "Suggested replies" });
	await expect(replies).toContainText("Suggestions, AI on this device");
	await expect(replies.getByRole("listitem")).toHaveText(["Yes", "No", "Later"]);

	const menu = page.getByRole("button", { name: "Write with the assistant" });
	await menu.click();
	await page.getByRole("menuitem", { name: /^Draft/ }).click();
	await page.getByRole("textbox", { name: "What to write" }).fill("Thank him");
	await page.getByRole("dialog").getByRole("button", { name: "Draft" }).click();
	await give(page);
	const offer = page.getByRole("region", { name: "Draft" });
	await expect(offer).toContainText("Written for you.");
	await offer.getByRole("button", { name: "Use this" }).click();
	for (const [item, region] of [
		["Shorter", "Shorter"],
		["Translate", "Translation"],
	] as const) {
		await menu.click();
		await page.getByRole("menuitem", { name: item }).click();
		if (item === "Translate") await page.getByRole("dialog").getByRole("button", { name: "Translate" }).click();
		await give(page);
		await expect(page.getByRole("region", { name: region })).toContainText("Written for you.");
		await page.getByRole("region", { name: region }).getByRole("button", { name: "Don’t use it" }).click();
	}
	await ada.composer.fill("");

	await page.getByRole("link", { name: "Catch up" }).click();
	const pane = page.getByRole("complementary", { name: "Catch up" });
	await pane.getByRole("textbox", { name: "Ask about this chat" }).fill("Where is the key?");
	await page.keyboard.press("Enter");
	await give(page);
	await expect(pane.getByRole("region", { name: "Where is the key?" })).toContainText("The key is under the pot.");

	await ada.open("/ask");
	await page.getByRole("main").getByRole("textbox", { name: "Ask all your chats" }).fill("Where is the key?");
	await page.keyboard.press("Enter");
	const consent = page.getByRole("dialog", { name: "Give 1 message of 1 chat to the AI on this device?" });
	await expect(consent).toBeVisible();
	expect(await findAxeFaults(page, "the question before chats are given to an own Ollama")).toEqual([]);
	await page.setViewportSize({ width: 1280, height: 800 });
	await consent.getByRole("button", { name: "Give 1 message" }).click();
	await expect(page.getByRole("region", { name: "Where is the key?" })).toContainText("The key is under the pot.");

	expect(own.chats).toHaveLength(6);
	expect(sent.filter((text) => !text.startsWith(own.url) && /pot|Thank him/.test(text))).toEqual([]);

	// Who stops using it has no assistant any more, for this server has none.
	await ada.open("/you/assistant");
	await page.getByRole("button", { name: "Stop using it" }).click();
	await expect(page.getByRole("main")).toContainText("has no assistant.");
	await ada.open("/chat");
	await ada.openChat("Ben");
	await expect(page.getByRole("button", { name: "Suggest replies" })).toHaveCount(0);
});

test("what is in the way of an own Ollama is said with what helps, and no other kind of address is tried", async ({
	meet,
}) => {
	await using own = await startScriptedOllama({ origins: [] });
	const [ada] = await meet("ada");
	const nobody = "http://127.0.0.1:47999";
	for (const url of [own.url, nobody]) ada.watch.allowOrigin(url);
	// The browser itself writes that it was refused.
	ada.watch.allow(/blocked by CORS policy|net::ERR_/);
	ada.watch.allow(refusal);
	const { page } = ada;
	await ada.open("/you/assistant");
	await page.getByRole("button", { name: "Use my own…" }).click();
	const dialog = page.getByRole("dialog", { name: "Use your own Ollama" });
	const address = dialog.getByRole("textbox", { name: "Where your Ollama is" });
	await expect(address).toHaveValue("http://localhost:11434");
	const look = async (url: string, words: string): Promise<void> => {
		await address.fill(url);
		await page.keyboard.press("Enter");
		await expect(dialog.getByRole("alert")).toContainText(words);
	};
	await look("https://ollama.example", "no address on your device or in your network");
	await look("http://8.8.8.8:11434", "no address on your device or in your network");
	await look(own.url, `Start it with OLLAMA_ORIGINS=${new URL(page.url()).origin}`);
	await look(nobody, "Nothing answers there");
	expect(await findAxeFaults(page, "an own Ollama that is not there")).toEqual([]);
	for (const width of [360, 1280]) {
		await page.setViewportSize({ width, height: 800 });
		expect(await findSidewaysScroll(page)).toEqual([]);
	}
	own.script = { show: { capabilities: ["embedding"] } };
	await look(own.url, "has no model that can write");
	own.script = {};
	await page.keyboard.press("Enter");
	await expect(dialog).toContainText("Ollama 0.0.0-scripted answers.");
	expect(await findAxeFaults(page, "an own Ollama that was found")).toEqual([]);
	await page.keyboard.press("Enter");
	await expect(dialog).toHaveCount(0);
	await expect(page.getByRole("main")).toContainText("In use: chat:1b on this device");
	expect(await findAxeFaults(page, "an own Ollama in use")).toEqual([]);
});

test("the part that reaches an own Ollama reaches nothing else, and pages do not reach it", async ({
	server,
	browser,
}) => {
	await using own = await startScriptedOllama();
	await using other = await startScriptedOllama();
	const context = await browser.newContext({ baseURL: server.address });
	const page = await context.newPage();
	await page.goto("/sign-in");
	const addresses = [`${own.url}/api/version`, `${other.url}/api/version`, `${server.address}/healthz`];
	const inPage = await page.evaluate(outcomes, addresses);
	expect(inPage).toEqual(["refused", "refused", "answered"]);
	const inWorkerFor = async (at: string): Promise<readonly string[]> => {
		const [worker] = await Promise.all([
			page.waitForEvent("worker"),
			page.evaluate((address) => {
				new Worker(`/ollama-engine/worker.js?at=${encodeURIComponent(address)}`, { type: "module" });
			}, at),
		]);
		return worker.evaluate(outcomes, addresses);
	};
	expect(await inWorkerFor(own.url)).toEqual(["answered", "refused", "refused"]);
	for (const at of ["https://evil.example", `${own.url} ${other.url}`, "*", "'self'"]) {
		expect(await inWorkerFor(at)).toEqual(["refused", "refused", "refused"]);
	}
	expect(other.asked).toEqual([]);
	await context.close();
});

/** In a browser: whether each address can be read from there. */
const outcomes = (addresses: readonly string[]): Promise<readonly string[]> =>
	Promise.all(
		addresses.map((address) =>
			fetch(address).then(
				() => "answered",
				() => "refused",
			),
		),
	);

test("an own Ollama that lies gets nothing shown that could be followed, is ended where it does not end, and a chat that is off stays off", async ({
	startServer,
	openBrowser,
}) => {
	test.setTimeout(300_000);
	await using servers = await startScriptedOllama();
	await using own = await startScriptedOllama({
		chat: (_, answer) =>
			sayLines(answer, [
				{ cites: [1, 77], text: "See https://evil.example/?d=key ![x](https://evil.example/p.png) \u202ekey" },
			]),
	});
	const [ada, ben] = await enterAssistant({ startServer, openBrowser, ollama: servers });
	await talk(ada, ben);
	await useOwnOllama(ada, own.url);
	const { page } = ada;
	await ada.openChat("Ben");
	await page.getByRole("link", { name: "Catch up" }).click();
	const pane = page.getByRole("complementary", { name: "Catch up" });
	await pane.getByRole("button", { name: "Last 100" }).click();
	await pane.getByRole("button", { name: "Sum up" }).click();
	await give(page);
	const summary = pane.getByRole("region", { name: "Summary" });
	await expect(summary.getByRole("listitem").first()).toContainText("See …");
	await expect(summary).not.toContainText("evil.example");
	await expect(summary.locator("img")).toHaveCount(0);
	await expect(summary.getByRole("link", { name: /^Message/ })).toHaveCount(1);

	own.script = {
		chat: async (_, answer) => {
			let isGone = false;
			void answer.gone.then(() => {
				isGone = true;
			});
			while (!isGone) await answer.say("word ".repeat(500));
		},
	};
	await pane.getByRole("button", { name: "Sum up again" }).click();
	await give(page);
	await expect(pane.getByRole("alert").filter({ hasText: "made no sense" })).toBeVisible();
	await own[Symbol.asyncDispose]();
	ada.watch.allow(/net::ERR_/);
	await pane.getByRole("button", { name: "Try again" }).click();
	await give(page);
	await expect(pane.getByRole("alert").filter({ hasText: "Your own Ollama doesn’t answer" })).toBeVisible();

	// Somebody chose that this chat is off: that holds for an own AI too.
	await pane.getByRole("link", { name: "Close" }).click();
	await allowAssistant(ada);
	await ada.info.getByRole("button", { name: /^Assistant On/ }).click();
	const dialog = page.getByRole("dialog", { name: "Assistant" });
	await dialog.getByRole("radio", { name: /^Off/ }).check();
	await dialog.getByRole("button", { name: "Save" }).click();
	await ada.info.getByText("Off. Nothing here can be given to it.").waitFor();
	await expect(page.getByRole("button", { name: "Write with the assistant" })).toHaveCount(0);
	expect(servers.chats).toEqual([]);
});
