import { expect } from "@playwright/test";
import { addPeople } from "../../server-process/add-people.ts";
import type { ScriptedAnswer, ScriptedOllama } from "../../setup/scripted-ollama.ts";
import type { ChatScreen } from "./chat-screen.ts";
import { enterAt } from "./enter-at.ts";
import type { Member, OpenBrowser } from "./kith-test.ts";
import { namePeople } from "./name-people.ts";
import { openPlainChat } from "./open-direct-chat.ts";
import type { TestServer } from "./test-server.ts";

interface Means {
	readonly startServer: (env: Readonly<Record<string, string>>) => Promise<TestServer>;
	readonly openBrowser: OpenBrowser;
	readonly ollama: ScriptedOllama;
}

/** A server with an assistant on an Ollama of ours, and Ada and Ben at their chats. */
export async function enterAssistant(means: Means): Promise<readonly [Member, Member]> {
	const [ada, ben] = await enterNamed(means, ["Ada", "Ben"]);
	if (ada === undefined || ben === undefined) throw new Error("two people were asked for");
	return [ada, ben];
}

/** The same with people of these names. */
export async function enterNamed(
	{ startServer, openBrowser, ollama }: Means,
	names: readonly string[],
): Promise<readonly Member[]> {
	const server = await startServer({
		KITH_OLLAMA_URLS: ollama.url,
		KITH_ASSISTANT_MODEL: "chat:1b",
		KITH_ASSISTANT_EMBED_MODEL: "embed",
	});
	const accounts = await addPeople(
		server.dataFolder,
		names.map((name) => name.toLowerCase()),
	);
	await namePeople(server.dataFolder, new Map(accounts.map(({ userId }, index) => [userId, names[index] ?? ""])));
	const members: Member[] = [];
	for (const [index, account] of accounts.entries()) {
		const visitor = await enterAt(openBrowser, server.address, account);
		await visitor.open();
		const displayName = names[index] ?? "";
		members.push(Object.assign(visitor, { account, localpart: account.localpart, displayName }));
	}
	return members;
}

/** A chat that is not encrypted, in which the assistant may be asked from the beginning, and what Ben said there. */
export async function talkBesideAssistant(means: Means, said: readonly string[]): Promise<readonly [Member, Member]> {
	const [ada, ben] = await enterAssistant(means);
	await openPlainChat(ada, ben);
	for (const words of said) await ben.send(words);
	await expect(ada.message(said.at(-1) ?? "")).toBeVisible();
	return [ada, ben];
}

/** Lets the assistant into the chat that is open. */
export async function allowAssistant(one: ChatScreen): Promise<void> {
	await one.openInfo();
	await one.info.getByRole("button", { name: /^Assistant Off/ }).click();
	const dialog = one.page.getByRole("dialog", { name: "Assistant" });
	await dialog.getByRole("radio", { name: /^Personal/ }).check();
	await dialog.getByRole("button", { name: "Save" }).click();
	await one.info.getByText("On. Each person decides what to give it.").waitFor();
}

interface Line {
	readonly label?: "plain" | "action" | "decision";
	readonly cites: readonly number[];
	readonly text: string;
}

/** Writes an answer of lines, piece by piece as a model does. */
export async function sayLines(answer: ScriptedAnswer, lines: readonly Line[], known = true): Promise<void> {
	const text = JSON.stringify({ known, lines });
	for (let start = 0; start < text.length; start += 12) await answer.say(text.slice(start, start + 12));
	await answer.end();
}
