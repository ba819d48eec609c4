import { expect, type Page, type WebSocketRoute } from "@playwright/test";
import { type ScriptedAnswer, startScriptedOllama } from "../../setup/scripted-ollama.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { allowAssistant, enterAssistant, sayLines, talkBesideAssistant } from "../support/enter-assistant.ts";
import { keeps } from "../support/kept-data.ts";
import { type Member, test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";
import { findSidewaysScroll } from "../support/reflow-faults.ts";
import { lostConnection } from "../support/watch-context.ts";

const phone = { width: 360, height: 740 };
const paneOf = (page: Page) => page.getByRole("complementary", { name: "Catch up" });

/** Begins a summary of the last day, and says yes to what is asked. */
async function sumUp(page: Page): Promise<void> {
	await paneOf(page).getByRole("button", { name: "Last day" }).click();
	await paneOf(page)
		.getByRole("button", { name: /^Sum up/ })
		.click();
	await page.getByRole("dialog").getByRole("button", { name: /^Send/ }).click();
}

test("on a phone the summary is a page of its own, from which a number leads to the message and back again", async ({
	startServer,
	openBrowser,
}) => {
	await using ollama = await startScriptedOllama({
		chat: (_, answer) => sayLines(answer, [{ label: "plain", cites: [1], text: "Ben said good morning." }]),
	});
	const [ada] = await talkBesideAssistant({ startServer, openBrowser, ollama }, ["Good morning", "Is anybody there?"]);
	const { page } = ada;
	await page.setViewportSize(phone);
	await page.getByRole("link", { name: "Catch up" }).click();
	await expect(page.getByRole("heading", { name: "Catch up" })).toBeVisible();
	await expect(ada.composer).toBeHidden();
	await sumUp(page);
	await page.getByRole("link", { name: /^Message 1, Ben/ }).click();
	await expect(paneOf(page)).toBeHidden();
	await expect(ada.message("Good morning")).toBeFocused();
	await page.goBack();
	await expect(paneOf(page)).toContainText("Ben said good morning.");
	await page.goBack();
	await expect(ada.composer).toBeVisible();
	await expect(page).toHaveURL(/\/chat\/[^/]+$/);
});

/** The sockets of a page, to be broken: from then on none opens. */
async function breakableSockets({ page }: Member): Promise<{ readonly breakAll: () => Promise<void> }> {
	const open: WebSocketRoute[] = [];
	let isBroken = false;
	await page.context().routeWebSocket(/\/api\/trpc/, (socket) => {
		if (isBroken) {
			void socket.close();
			return;
		}
		open.push(socket, socket.connectToServer());
	});
	await page.reload();
	return {
		breakAll: async () => {
			isBroken = true;
			for (const socket of open) await socket.close();
		},
	};
}

test("a run says where it is, is stopped by its person, loses nothing to a lost connection, and fails in words", async ({
	startServer,
	openBrowser,
}) => {
	await using ollama = await startScriptedOllama();
	const [ada] = await talkBesideAssistant({ startServer, openBrowser, ollama }, ["Good evening", "Is it raining?"]);
	ada.watch.allow(lostConnection);
	const { page } = ada;
	const addresses: string[] = [];
	page.on("request", (request) => addresses.push(request.url()));
	const { breakAll } = await breakableSockets(ada);
	await page.getByRole("link", { name: "Catch up" }).click();
	const pane = paneOf(page);

	ollama.script = { chat: (_, answer) => answer.say('{"known":true,"lines":[').then(() => answer.gone) };
	await sumUp(page);
	await expect(pane.getByRole("status")).toContainText("Reading 2 messages");
	await expect(pane.getByRole("textbox", { name: "Ask about this chat" })).toBeVisible();
	await expect.poll(() => ollama.chats.length).toBe(1);
	await pane.getByRole("button", { name: "Stop" }).click();
	await expect(pane).toContainText("You stopped it here.");
	await expect.poll(() => ollama.aborted.length).toBe(1);

	const pieces: (() => void)[] = [];
	const untilAsked = () => new Promise<void>((resolve) => pieces.push(resolve));
	const sayOneByOne = async (_: unknown, answer: ScriptedAnswer): Promise<void> => {
		await answer.say('{"known":true,"lines":[{"label":"plain","cites":[1],"text":"First line."}');
		await untilAsked();
		await answer.say(',{"label":"plain","cites":[2],"text":"Second line."}');
		await answer.say(',{"label":"plain","cites":[2],"text":"Third line."}]}');
		await answer.end();
	};
	ollama.script = { chat: sayOneByOne };
	await sumUp(page);
	await expect(pane).toContainText("First line.");
	await breakAll();
	pieces.shift()?.();
	await expect(pane.getByRole("listitem")).toHaveText([/^First line\./, /^Second line\./, /^Third line\./]);
	expect(ollama.chats).toHaveLength(2);
	// It went on over server-sent events, whose address names the run and no words; and nothing of it is kept.
	expect(addresses.some((address) => address.includes("assistant.stream") && address.includes("lastEventId"))).toBe(
		true,
	);
	expect(addresses.filter((address) => /line|Reading|Good%20evening/i.test(address))).toEqual([]);
	expect(await keeps(ada, "Second line")).toBe(false);
	expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain("line");

	ollama.script = { chat: (_, answer) => answer.refuse(500, "model requires more system memory") };
	await sumUp(page);
	await expect(pane.getByRole("alert").filter({ hasText: /too little memory|went wrong/ })).toBeVisible();
	ollama.script = { chat: (_, answer) => sayLines(answer, [{ label: "plain", cites: [1], text: "Now it works." }]) };
	await pane.getByRole("button", { name: "Try again" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Send 2 messages" }).click();
	await expect(pane).toContainText("Now it works.");
});

test("a question is answered from the messages that share its words, or not at all; who need not be asked is not", async ({
	startServer,
	openBrowser,
}) => {
	await using ollama = await startScriptedOllama();
	const said = [
		...["The ferry leaves at nine", "Lovely weather today", "My cat is asleep", "Bread comes out warm"],
		...["The roof is mended", "Nobody wants the sofa"],
	];
	const [ada] = await talkBesideAssistant({ startServer, openBrowser, ollama }, [...said, "See you soon"]);
	const { page } = ada;
	await page.getByRole("link", { name: "Catch up" }).click();
	const pane = paneOf(page);
	const field = pane.getByRole("textbox", { name: "Ask about this chat" });
	ollama.script = { chat: (_, answer) => sayLines(answer, [{ cites: [1], text: "At nine." }]) };
	await field.fill("When does the ferry leave?");
	await field.press("Enter");
	const consent = page.getByRole("dialog", { name: /^Send 3 messages of 1 person/ });
	await expect(consent).toContainText("When does the ferry leave?");
	await expect(consent).toContainText("Lovely weather today");
	await expect(consent).not.toContainText("Bread");
	expect(await findAxeFaults(page, "the question before sending")).toEqual([]);
	await page.setViewportSize({ width: 1280, height: 800 });
	// Where it goes is told over the question, which stands there again afterwards.
	await consent.getByRole("button", { name: "Where your text goes" }).press("Enter");
	const places = page.getByRole("dialog", { name: "Where your text goes" });
	await expect(places).toContainText("The other people in the chat are not told each time.");
	expect(await findAxeFaults(page, "where text goes")).toEqual([]);
	await page.keyboard.press("Escape");
	await consent.getByRole("switch", { name: "Ask me every time in this chat" }).click();
	await consent.getByRole("button", { name: "Send 3 messages" }).click();
	const answer = pane.getByRole("region", { name: "When does the ferry leave?" });
	await expect(answer).toContainText("At nine.");
	await expect(answer).toContainText("Looked through 7 messages");
	await expect(field).toHaveValue("");

	ollama.script = { chat: (_, written) => sayLines(written, [{ cites: [1], text: "x" }], false) };
	await field.fill("Who won the cup?");
	await field.press("Enter");
	await expect(pane.getByRole("region", { name: "Who won the cup?" })).toContainText("I don’t know");
	await expect(page.getByRole("dialog")).toHaveCount(0);
	expect(await findAxeFaults(page, "answers")).toEqual([]);
	await page.setViewportSize({ width: 320, height: 640 });
	expect(await findSidewaysScroll(page)).toEqual([]);
	await page.setViewportSize({ width: 1280, height: 800 });

	await page.reload();
	await expect(pane).toContainText("In this chat things are sent without asking you.");
	await pane.getByRole("button", { name: "Ask me again" }).click();
	await field.fill("When does the ferry leave?");
	await field.press("Enter");
	await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
	expect(ollama.chats).toHaveLength(2);
});

test("whoever may not decide sees what holds, and where it is off nothing offers itself", async ({
	startServer,
	openBrowser,
}) => {
	await using ollama = await startScriptedOllama();
	const [ada, ben] = await enterAssistant({ startServer, openBrowser, ollama });
	await ada.startGroup("Shed", [ben.localpart]);
	await ben.join("Shed");
	await ada.send("Hello");
	await expect(ben.message("Hello")).toBeVisible();
	await ben.openInfo();
	await expect(ben.info.getByText("Off. Nothing here can be given to it.")).toBeVisible();
	await expect(ben.info.getByRole("button", { name: /^Assistant/ })).toHaveCount(0);
	const room = new URL(ada.page.url()).pathname.split("/").slice(0, 3).join("/");
	for (const [one, words] of [
		[ada, "switch it on in “About”"],
		[ben, "Whoever decides about this chat’s settings"],
	] as const) {
		await one.open(`${room}/catch-up`);
		await expect(paneOf(one.page)).toContainText("Encrypted chats begin without it");
		await expect(paneOf(one.page)).toContainText(words);
		await expect(one.page.getByRole("button", { name: "Suggest replies" })).toHaveCount(0);
		await expect(one.page.getByRole("button", { name: "Write with the assistant" })).toHaveCount(0);
	}
	expect(await findAxeFaults(ada.page, "the pane of an assistant that is off")).toEqual([]);
	await ada.page.setViewportSize({ width: 1280, height: 800 });
	await paneOf(ada.page).getByRole("link", { name: "About this chat" }).click();
	await expect(ada.info).toBeVisible();
	await allowAssistant(ada);
	await expect(paneOf(ben.page).getByRole("button", { name: "Sum up" })).toBeVisible();
	await expect(ben.page.getByRole("button", { name: "Suggest replies" })).toBeVisible();
});

test("where the owner has set up no assistant there is none to be seen", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await ben.send("Hello");
	await expect(ada.message("Hello")).toBeVisible();
	await ada.openInfo();
	await expect(ada.info).toContainText("Encryption");
	await expect(ada.info).not.toContainText("Assistant");
	await expect(ada.page.getByRole("link", { name: "Catch up" })).toHaveCount(0);
	await expect(ada.page.getByRole("button", { name: "Suggest replies" })).toHaveCount(0);
	const room = new URL(ada.page.url()).pathname.split("/").slice(0, 3).join("/");
	await ada.open(`${room}/catch-up`);
	await expect(paneOf(ada.page)).toContainText("This server has no assistant");
	await ada.open("/you/assistant");
	await expect(ada.page.getByRole("main")).toContainText("has no assistant. Nothing that you or others write");
});
