import { expect } from "@playwright/test";
import { startScriptedOllama } from "../../setup/scripted-ollama.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { sayLines } from "../support/enter-assistant.ts";
import {
	askMember,
	chooseDigestNow,
	chooseMember,
	numberIn,
	saidByMember,
	switchMemberOn,
} from "../support/enter-bot.ts";
import { enterConsole } from "../support/enter-console.ts";
import { test } from "../support/kith-test.ts";
import { makeRoom } from "../support/make-room.ts";
import { findSidewaysScroll } from "../support/reflow-faults.ts";

test("an owner lets the assistant be asked into chats; in an encrypted one it answers who mentions it, leads to what it rests on, and everybody sees that it is there", async ({
	startServer,
	openBrowser,
}) => {
	await using ollama = await startScriptedOllama({
		chat: (_, answer) => sayLines(answer, [{ cites: [1], text: "The boat leaves at nine." }]),
	});
	const [olive, ben] = await enterConsole({ startServer, openBrowser, ollamaUrl: ollama.url });
	const { page } = olive;
	await switchMemberOn(olive);
	expect(await findAxeFaults(page, "the assistant, for the owner")).toEqual([]);

	await olive.open();
	await olive.startGroup("Harbour", ["ben"]);
	await ben.join("Harbour");
	await chooseMember(olive, async (dialog) => {
		await expect(dialog).toContainText("can read everything that is written here while it is a member");
		await dialog.getByLabel("Tell what happened").selectOption("Every week");
		await expect(dialog.getByLabel("At", { exact: true })).toHaveValue("18");
		await dialog.getByRole("checkbox", { name: /^Greet who comes/ }).check();
	});
	await expect(ben.page.getByText(/^Processed by AI on .*, not end-to-end encrypted/)).toBeVisible();

	await ben.send("The boat leaves at nine");
	await expect(olive.message("The boat leaves at nine")).toBeVisible();
	await askMember(olive, "when does the boat leave?");
	for (const member of [olive, ben]) {
		await expect(member.message("The boat leaves at nine. (Ben)")).toBeVisible();
	}
	await expect(page.locator(".bot-mark").first()).toHaveText("AI");
	const chip = saidByMember(olive, "The boat").getByRole("button", { name: "Message 1 that this rests on" });
	await expect(chip).toBeVisible();
	expect(await findAxeFaults(page, "a chat with the assistant in it")).toEqual([]);
	await page.setViewportSize({ width: 360, height: 740 });
	expect(await findSidewaysScroll(page)).toEqual([]);

	// By the keyboard alone: into the answer, on to the number, and to where it leads; and back.
	await page.setViewportSize({ width: 1280, height: 800 });
	const chat = page.url();
	await saidByMember(olive, "The boat").focus();
	await olive.tabToward(chip);
	await page.keyboard.press("Enter");
	await expect(olive.conversation.getByRole("article", { name: /^Ben,/ })).toBeFocused();
	expect(page.url()).not.toBe(chat);
	await page.goBack();
	await expect(page).toHaveURL(chat);
});

test("what the assistant rests on is found where it is not loaded yet", async ({ startServer, openBrowser }) => {
	const source = "The boat leaves at nine";
	await using ollama = await startScriptedOllama({
		chat: (chat, answer) => sayLines(answer, [{ cites: [numberIn(chat, source)], text: "It leaves at nine." }]),
	});
	const [olive, ben] = await enterConsole({ startServer, openBrowser, ollamaUrl: ollama.url });
	const { page } = olive;
	await switchMemberOn(olive);
	await olive.open();
	await makeRoom(page, { kind: "group", name: "Harbour" });
	await olive.openChat("Harbour");
	await olive.invite("ben");
	await ben.join("Harbour");
	await chooseMember(olive);
	await ben.send(source);
	await page.evaluate(
		async (roomId) => {
			const headers = { "Content-Type": "application/json" };
			for (let index = 1; index <= 120; index += 1) {
				const body = JSON.stringify({ roomId, transactionId: `fill-${index}`, body: `Wave ${index}.` });
				const { ok } = await fetch("/api/trpc/messages.send", { method: "POST", headers, body });
				if (!ok) throw new Error("a message was not sent");
			}
		},
		decodeURIComponent(new URL(page.url()).pathname.split("/")[2] ?? ""),
	);
	await expect(olive.message("Wave 120.")).toBeVisible();
	await askMember(olive, "when does the boat leave?");
	await expect(saidByMember(ben, "It leaves at nine. (Ben)")).toBeVisible();

	await ben.open(new URL(page.url()).pathname.split("/").slice(0, 3).join("/"));
	const chip = saidByMember(ben, "It leaves").getByRole("button", { name: "Message 1 that this rests on" });
	await expect(chip).toBeVisible();
	await expect(ben.message(source)).toHaveCount(0);
	await chip.click();
	await expect(ben.message(source)).toBeFocused();
	await ben.page.goBack();
	await expect(chip).toBeVisible();
});

test("it tells what happened in the hour that was chosen and greets who comes, where that was wanted and nowhere else", async ({
	startServer,
	openBrowser,
}) => {
	test.setTimeout(180_000);
	await using ollama = await startScriptedOllama({
		chat: (chat, answer) =>
			sayLines(answer, [
				{ label: "decision", cites: [numberIn(chat, "We meet at nine")], text: "They meet at nine." },
				{ label: "action", cites: [numberIn(chat, "bring the rope")], text: "Olive brings the rope." },
			]),
	});
	const [olive, ben] = await enterConsole({ startServer, openBrowser, ollamaUrl: ollama.url });
	const { page } = olive;
	await switchMemberOn(olive);
	const talk = async (name: string): Promise<void> => {
		await olive.open();
		await olive.startGroup(name, []);
		await chooseMember(olive);
		for (const words of ["We meet at nine", "I bring the rope", "Good"]) await olive.send(words);
	};
	await talk("Cellar");
	const cellar = page.url();
	await talk("Harbour");
	await chooseMember(olive, async (dialog) => {
		await chooseDigestNow(dialog);
		await dialog.getByRole("checkbox", { name: /^Greet who comes/ }).check();
	});
	const digest = saidByMember(olive, "What was written here since yesterday, as I, the assistant, read it:");
	await expect(digest).toContainText("• Decided: They meet at nine. (Olive) 1");
	await expect(digest).toContainText("• To do: Olive brings the rope. (Olive) 2");
	expect(await findAxeFaults(page, "a digest")).toEqual([]);
	await digest.getByRole("button", { name: "Message 2 that this rests on" }).click();
	await expect(olive.message("I bring the rope").first()).toBeFocused();

	await olive.invite("ben");
	await ben.join("Harbour");
	const greeting = "Welcome, Ben. I’m the assistant, an AI that is a member here.";
	for (const one of [olive, ben])
		await expect(saidByMember(one, greeting)).toContainText("What was talked about lately:");
	await expect(saidByMember(olive, /^/)).toHaveCount(2);

	// The same people, words and newcomer in a chat where nobody asked for it; it is there, and answers.
	await page.goto(cellar);
	await olive.invite("ben");
	await ben.join("Cellar");
	await askMember(ben, "when do we meet?");
	await expect(saidByMember(ben, "They meet at nine.")).toBeVisible();
	await expect(saidByMember(ben, /^/)).toHaveCount(1);
});
