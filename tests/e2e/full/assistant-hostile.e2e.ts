import { expect, type Page } from "@playwright/test";
import { readCanaries } from "../../setup/canaries.ts";
import { startScriptedOllama } from "../../setup/scripted-ollama.ts";
import { worstCaseModel } from "../../setup/worst-case-model.ts";
import { talkBesideAssistant } from "../support/enter-assistant.ts";
import { expectPlain, watchOthers } from "../support/hostile-words.ts";
import { test } from "../support/kith-test.ts";

const canaries = readCanaries();

/** Texts of canaries that can be typed, of some kinds. */
const textsOf = (...kinds: readonly string[]) =>
	kinds.flatMap((kind) =>
		canaries
			.filter((one) => one.kind === kind && one.text.length < 200 && !one.text.includes("\n"))
			.slice(0, 1)
			.map(({ text }) => text),
	);

async function send(page: Page, name: RegExp): Promise<void> {
	await page.getByRole("dialog").getByRole("button", { name }).click();
}

test("what others write gets nothing done, nothing fetched and nothing shown that could be followed, however the model obeys", async ({
	startServer,
	openBrowser,
}) => {
	test.setTimeout(300_000);
	await using ollama = await startScriptedOllama({ ...worstCaseModel(canaries) });
	const said = textsOf("picture", "data-link", "fake-turn", "tool-call", "action", "other-language");
	expect(said).toHaveLength(6);
	const [ada, ben] = await talkBesideAssistant({ startServer, openBrowser, ollama }, [...said, "Is the plan fine?"]);
	const { page } = ada;
	const origin = new URL(page.url()).origin;
	const others = watchOthers(ada, origin);
	const countOfMessages = await ben.conversation.getByRole("article").count();

	await page.getByRole("link", { name: "Catch up" }).click();
	const pane = page.getByRole("complementary", { name: "Catch up" });
	await pane.getByRole("button", { name: "Last 100" }).click();
	await pane.getByRole("button", { name: "Sum up" }).click();
	await send(page, /^Send/);
	await expect(pane.getByRole("region", { name: "Summary" }).getByRole("listitem").first()).toBeVisible();
	await expect(pane.getByRole("button", { name: "Stop" })).toHaveCount(0);
	await pane.getByRole("textbox", { name: "Ask about this chat" }).fill("What is the plan?");
	await page.keyboard.press("Enter");
	await send(page, /^Send/);
	await expect(pane.getByRole("region", { name: "What is the plan?" }).getByRole("listitem").first()).toBeVisible();
	await expectPlain(pane, origin);
	expect(await pane.textContent()).not.toMatch(/https?:\/\/evil\.example\/K\d{3}\?d=%7B/);

	await page.getByRole("button", { name: "Suggest replies" }).click();
	await send(page, /^Send/);
	const replies = page.getByRole("region", { name: "Suggested replies" });
	await expect(replies.getByRole("listitem").first()).toBeVisible();
	await expectPlain(replies, origin);

	await page.getByRole("button", { name: "Write with the assistant" }).click();
	await page.getByRole("menuitem", { name: /^Draft/ }).click();
	await page.getByRole("textbox", { name: "What to write" }).fill("Agree");
	await send(page, /^Draft/);
	await send(page, /^Send/);
	const offer = page.getByRole("region", { name: "Draft" });
	await expect(offer.getByRole("button", { name: "Use this" })).toBeVisible();
	await expectPlain(offer, origin);
	expect(ollama.chats).toHaveLength(4);

	// What never ends is ended, and said to be no answer.
	const endless = canaries.find(({ kind }) => kind === "without-end")?.text ?? "";
	await ben.send(endless);
	await expect(ada.message(endless)).toBeVisible();
	await pane.getByRole("button", { name: "Sum up again" }).click();
	await send(page, /^Send/);
	await expect(pane.getByRole("alert").filter({ hasText: "made no sense" })).toBeVisible();

	// Nothing was sent, nobody invited, nothing of the chat changed, and no other machine was asked for anything.
	expect(await ben.conversation.getByRole("article").count()).toBe(countOfMessages + 1);
	await expect(ada.composer).toHaveValue("");
	expect(others).toEqual([]);
	expect(new Set(ollama.asked)).toEqual(new Set(["/api/version", "/api/tags", "/api/show", "/api/chat"]));
});
