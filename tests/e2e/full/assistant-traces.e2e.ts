import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { type KithHomeserver, startKithHomeserver } from "../../interop/kith/kith-homeserver.ts";
import { testFolder, writeOwnCertificate } from "../../interop/test-kith.ts";
import { addPeople } from "../../server-process/add-people.ts";
import { openServerDatabase, tablesWith } from "../../server-process/server-database.ts";
import { findFreePort } from "../../server-process/start-server-process.ts";
import { type ScriptedAnswer, type ScriptedChat, startScriptedOllama } from "../../setup/scripted-ollama.ts";
import { buildWhenStale } from "../support/build-when-stale.ts";
import { allowAssistant, sayLines } from "../support/enter-assistant.ts";
import { enterAt } from "../support/enter-at.ts";
import { type OpenBrowser, test, type Visitor } from "../support/kith-test.ts";

/** Words that stand nowhere but where they were written: by others, by the person who asks, and by the model. */
const words = { message: "quincewort", question: "marlinspike", wish: "hobbledehoy", answer: "sallowthorn" };

/** Answers every kind of run, with a word of its own. */
async function answerAll(chat: ScriptedChat, answer: ScriptedAnswer): Promise<void> {
	const wanted = Object.keys(chat.format?.properties ?? {});
	if (wanted.includes("lines"))
		return sayLines(answer, [{ label: "plain", cites: [1], text: `About ${words.answer}.` }]);
	const text = wanted.includes("replies")
		? JSON.stringify({ replies: [1, 2, 3].map((number) => `${words.answer} ${number}`) })
		: `So be it, ${words.answer}`;
	await answer.say(text);
	await answer.end();
}

async function enter(openBrowser: OpenBrowser, kith: KithHomeserver, name: string): Promise<Visitor> {
	const [account] = await addPeople(kith.dataFolder, [name], { isSecure: true });
	if (account === undefined) throw new Error("one person was asked for");
	const open: OpenBrowser = (address) => openBrowser(address, { ignoreHTTPSErrors: true });
	return enterAt(open, `https://${kith.name}`, account);
}

/** What a page asks for, by address. */
const watchAddresses = ({ page }: Visitor): readonly string[] => {
	const addresses: string[] = [];
	page.context().on("request", (request) => addresses.push(decodeURIComponent(request.url())));
	return addresses;
};

/** Says yes to what is asked before something is sent. */
const agree = (page: Page): Promise<void> => page.getByRole("dialog").getByRole("button", { name: /^Send/ }).click();

/** The files under a folder, PostgreSQL's with its log of writes too, that hold a text. */
async function filesWith(folder: string, text: string): Promise<readonly string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const found: string[] = [];
	for (const entry of entries) {
		if (!entry.isFile()) continue;
		const path = join(entry.parentPath, entry.name);
		// PostgreSQL takes files away while it runs.
		const content = await readFile(path).catch(() => Buffer.of());
		if (content.includes(text)) found.push(path);
	}
	return found;
}

test("everything that the assistant does in an encrypted chat of two servers leaves no word in a database, log, address, metric or file", async ({
	openBrowser,
}) => {
	test.setTimeout(400_000);
	await buildWhenStale();
	await using ollama = await startScriptedOllama({ chat: answerAll });
	await using folder = await testFolder();
	const { tls, caFile } = await writeOwnCertificate(folder.path);
	const metricsPort = await findFreePort();
	const kithIn = (name: string, env: Readonly<Record<string, string>>) =>
		startKithHomeserver({
			...{ tls, caFile, roomVersion: "12", dataFolder: join(folder.path, name) },
			env: { KITH_LOG_LEVEL: "debug", ...env },
		});
	await using first = await kithIn("first", {
		KITH_OLLAMA_URLS: ollama.url,
		KITH_ASSISTANT_MODEL: "chat:1b",
		KITH_METRICS_PORT: String(metricsPort),
	});
	await using second = await kithIn("second", {});
	const [ada, ben] = [await enter(openBrowser, first, "ada"), await enter(openBrowser, second, "ben")];
	const asked = [watchAddresses(ada), watchAddresses(ben)];
	const { page } = ada;
	await ben.open();
	await ada.open("/new");
	await page.getByRole("searchbox", { name: "Name or username" }).fill(`@ben:${second.name}`);
	await page.getByRole("list", { name: "People found" }).getByRole("button").click();
	await ada.send("Hello there");
	await ben.join("ada");
	await ben.send(`The ferry of ${words.message} leaves at nine`);
	await expect(ada.message(words.message)).toBeVisible();
	await expect(ada.message(words.message)).not.toContainText("not encrypted");
	await allowAssistant(ada);
	// The other server has none, and its people are told that one was let in.
	await expect(ben.conversation.getByText("ada allowed the assistant in this chat")).toBeVisible();
	await expect(ben.page.getByRole("link", { name: "Catch up" })).toHaveCount(0);
	const room = new URL(page.url()).pathname.split("/").slice(0, 3).join("/");

	await ada.open(`${room}/catch-up`);
	const pane = page.getByRole("complementary", { name: "Catch up" });
	await pane.getByRole("button", { name: "Last 100" }).click();
	await pane.getByRole("button", { name: "Sum up" }).click();
	await agree(page);
	await expect(pane.getByRole("region", { name: "Summary" })).toContainText(words.answer);
	await pane.getByRole("textbox", { name: "Ask about this chat" }).fill(`When leaves the ferry, ${words.question}?`);
	await page.keyboard.press("Enter");
	await agree(page);
	await expect(pane.getByRole("region", { name: /^When leaves/ })).toContainText(words.answer);

	await page.getByRole("button", { name: "Suggest replies" }).click();
	await agree(page);
	const replies = page.getByRole("region", { name: "Suggested replies" });
	await expect(replies.getByRole("listitem")).toHaveCount(3);
	await replies.getByRole("button", { name: "No suggestions" }).click();

	const write = async (item: string): Promise<void> => {
		await page.getByRole("button", { name: "Write with the assistant" }).click();
		await page.getByRole("menuitem", { name: item }).click();
	};
	await write("Draft a message…");
	await page.getByRole("textbox", { name: "What to write" }).fill(`Agree, ${words.wish}`);
	await page.getByRole("dialog").getByRole("button", { name: "Draft" }).click();
	await agree(page);
	await page.getByRole("region", { name: "Draft" }).getByRole("button", { name: "Use this" }).click();
	await expect(ada.composer).toHaveValue(`So be it, ${words.answer}`);
	await write("Fix mistakes");
	await agree(page);
	await page.getByRole("region", { name: "Fix mistakes" }).getByRole("button", { name: "Use this" }).click();
	await ada.composer.fill("");
	await ada.choose(words.message, "Translate");
	await agree(page);
	await expect(page.getByRole("dialog", { name: "Translation" })).toContainText(words.answer);

	await ada.open("/ask");
	await page
		.getByRole("main")
		.getByRole("textbox", { name: "Ask all your chats" })
		.fill(`Which ferry, ${words.question}?`);
	await page.keyboard.press("Enter");
	await agree(page);
	await expect(page.getByRole("main").getByRole("region", { name: /^Which ferry/ })).toContainText(words.answer);

	await ada.open("/you/assistant");
	await page.getByRole("switch", { name: "Answer for me while I’m away" }).click();
	const away = page.getByRole("dialog", { name: "Answer for you on this device?" });
	await away.getByRole("textbox", { name: "What it may say" }).fill(`Away, ${words.wish}`);
	await away.getByRole("button", { name: "Switch on" }).click();
	await expect(page.getByRole("region", { name: "Automatic replies" })).toBeVisible();
	await ben.send(`Is ${words.message} there?`);
	await expect(ben.message(`Automatic reply (AI): So be it, ${words.answer}`)).toBeVisible();

	// Each of the words was at Ollama, so that nothing of what follows holds for want of them.
	const prompts = JSON.stringify(ollama.chats);
	for (const word of [words.message, words.question, words.wish]) expect(prompts).toContain(word);
	expect(ollama.chats).toHaveLength(8);

	const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
	expect(metrics).toContain("kith_sockets");
	for (const word of Object.values(words)) {
		for (const kith of [first, second]) {
			await using database = await openServerDatabase(kith.dataFolder);
			expect(await tablesWith(database, word)).toEqual([]);
		}
		expect([metrics, ...ollama.asked, ...asked.flat()].filter((text) => text.includes(word))).toEqual([]);
	}
	await using database = await openServerDatabase(first.dataFolder);
	expect(await tablesWith(database, "m.megolm.v1.aes-sha2")).toContain("events");
	expect(await tablesWith(database, "summary")).toContain("assistant_runs");
	// Before their servers end: the first of them as one does that breaks down.
	for (const one of [ada, ben]) await one.page.context().close();
	process.kill(first.pid, "SIGABRT");
	await first.kill();
	for (const word of Object.values(words)) expect(await filesWith(folder.path, word)).toEqual([]);
});
