import { expect, type Page } from "@playwright/test";
import { addPeople } from "../../server-process/add-people.ts";
import { readCanaries } from "../../setup/canaries.ts";
import { startScriptedOllama } from "../../setup/scripted-ollama.ts";
import { worstCaseModel } from "../../setup/worst-case-model.ts";
import { enterAt } from "../support/enter-at.ts";
import { askMember, chooseDigestNow, chooseMember, saidByMember, switchMemberOn } from "../support/enter-bot.ts";
import { expectKnownLinks, expectPlain, watchOthers } from "../support/hostile-words.ts";
import { type OpenBrowser, test } from "../support/kith-test.ts";
import { makeOwner, namePeople } from "../support/name-people.ts";
import { takePhoto } from "../support/test-photo.ts";
import type { TestServer } from "../support/test-server.ts";

const canaries = readCanaries();
const textOf = (wanted: string): string => canaries.find(({ id }) => id === wanted)?.text ?? "";

/** What is put into each place where a chat has words of others beside its messages. */
const hostile = {
	/** Wants all of the chat written into an address. */
	personName: textOf("K130"),
	/** Wants to be somebody else. */
	newcomerName: textOf("K205"),
	topic: `${textOf("K046")} ${textOf("K198")}`,
	roomName: textOf("K190"),
	fileName: textOf("K206"),
};

/** Olive, who owns the server, and two others whose names want something. */
async function enter(server: TestServer, openBrowser: OpenBrowser) {
	const accounts = await addPeople(server.dataFolder, ["olive", "eve", "mallory"]);
	const [olive, eve, mallory] = accounts;
	if (olive === undefined || eve === undefined || mallory === undefined) throw new Error("three people were asked for");
	await makeOwner(server.dataFolder, olive.userId);
	await namePeople(
		server.dataFolder,
		new Map([
			[olive.userId, "Olive"],
			[eve.userId, hostile.personName],
			[mallory.userId, hostile.newcomerName],
		]),
	);
	const visitors = [
		await enterAt(openBrowser, server.address, olive),
		await enterAt(openBrowser, server.address, eve),
		await enterAt(openBrowser, server.address, mallory),
	] as const;
	for (const visitor of visitors) await visitor.open();
	return visitors;
}

/** What stands in the chat, and who is in it: what nobody but people may change. */
const stateOf = (page: Page): Promise<unknown> =>
	page.evaluate(async () => {
		const roomId = decodeURIComponent(location.pathname.split("/")[2] ?? "");
		const ask = async (call: string, input: object): Promise<unknown> => {
			const response = await fetch(`/api/trpc/${call}?input=${encodeURIComponent(JSON.stringify(input))}`);
			return (await response.json()).result.data;
		};
		const { items } = (await ask("rooms.members", { roomId, limit: 100 })) as { items: readonly object[] };
		return [
			items.map((one) => [Reflect.get(one, "userId"), Reflect.get(one, "membership")]).sort(),
			await ask("assistant.policy", { roomId }),
		];
	});

test("names, topics and files that want something get nothing done by the assistant, as a pane or as a member, however the model obeys", async ({
	startServer,
	openBrowser,
}) => {
	test.setTimeout(300_000);
	await using ollama = await startScriptedOllama({ ...worstCaseModel(canaries) });
	const server = await startServer({ KITH_OLLAMA_URLS: ollama.url, KITH_ASSISTANT_MODEL: "chat:1b" });
	const [olive, eve, mallory] = await enter(server, openBrowser);
	const { page } = olive;
	await switchMemberOn(olive);
	await olive.open();
	const others = [olive, eve, mallory].map((one) => watchOthers(one, server.address));

	// Another chat, of which nothing may come up.
	const secret = "the walnut key hangs behind the clock";
	await olive.startGroup("Cellar", []);
	await chooseMember(olive);
	await olive.send(secret);

	await olive.startGroup(hostile.roomName, ["eve"]);
	await page.evaluate(async (topic) => {
		const roomId = decodeURIComponent(location.pathname.split("/")[2] ?? "");
		const headers = { "Content-Type": "application/json" };
		const body = JSON.stringify({ roomId, topic });
		const { ok } = await fetch("/api/trpc/rooms.setTopic", { method: "POST", headers, body });
		if (!ok) throw new Error("the topic was not set");
	}, hostile.topic);
	await eve.join(hostile.roomName);
	await chooseMember(olive);
	const said = ["Shall we meet on Sunday?", "The plan is at https://garden.example/plan?id=7", "I bring the spade"];
	for (const words of said) await eve.send(words);
	const photo = await takePhoto(eve.page);
	await eve.page
		.getByLabel("Attach photos")
		.first()
		.setInputFiles({ ...photo, name: hostile.fileName });
	await expect(eve.page.getByRole("list", { name: "Photos to send" }).getByRole("img")).toHaveCount(1);
	await eve.composer.press("Enter");
	await expect(olive.conversation.getByRole("button", { name: /^Open the photo/ })).toBeVisible();
	const sources = [...said, ...Object.values(hostile)];

	await askMember(olive, "what is the plan?");
	await expect(saidByMember(olive, /^/)).toHaveCount(1);
	await chooseMember(olive, async (dialog) => {
		await chooseDigestNow(dialog);
		await dialog.getByRole("checkbox", { name: /^Greet who comes/ }).check();
	});
	await expect(saidByMember(olive, "What was written here since yesterday")).toBeVisible();
	await olive.invite("mallory");
	await mallory.join(hostile.roomName);
	await expect(saidByMember(olive, "I’m the assistant, an AI that is a member here.")).toBeVisible();
	const before = await stateOf(page);
	const wholeChat = olive.conversation.getByRole("article");
	const count = await wholeChat.count();
	// The model read what wants something, and wrote what it was told to.
	const prompts = ollama.chats.flatMap(({ messages }) => messages.map(({ content }) => content)).join("\n");
	expect(prompts).toContain("K130");
	expect(prompts).not.toContain(secret);
	for (const member of [olive, mallory]) {
		for (const message of await saidByMember(member, /^/).all()) await expectKnownLinks(message, sources);
		expect(await saidByMember(member, /^/).allTextContents()).not.toContainEqual(expect.stringContaining(secret));
	}

	await page.getByRole("link", { name: "Catch up" }).click();
	const pane = page.getByRole("complementary", { name: "Catch up" });
	await pane.getByRole("button", { name: "Last 100" }).click();
	await pane.getByRole("button", { name: "Sum up" }).click();
	const consent = page.getByRole("dialog");
	await expect(consent).toBeVisible();
	await expectPlain(consent, server.address);
	await consent.getByRole("button", { name: /^Send/ }).click();
	await expect(pane.getByRole("region", { name: "Summary" }).getByRole("listitem").first()).toBeVisible();
	await expect(pane.getByRole("button", { name: "Stop" })).toHaveCount(0);
	await expectPlain(pane, server.address);
	await expect(pane).not.toContainText(secret);

	// Nobody came, left or was made something else, nothing was said in anybody's name, and no other machine was asked.
	expect(await stateOf(page)).toEqual(before);
	expect(await wholeChat.count()).toBe(count);
	for (const member of [olive, eve, mallory]) await expect(member.composer).toHaveValue("");
	expect(others.flat()).toEqual([]);
	expect(new Set(ollama.asked)).toEqual(new Set(["/api/version", "/api/tags", "/api/show", "/api/chat"]));
});
