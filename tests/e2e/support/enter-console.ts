import type { Locator, Page } from "@playwright/test";
import { addPeople } from "../../server-process/add-people.ts";
import { enterAt } from "./enter-at.ts";
import type { OpenBrowser, Visitor } from "./kith-test.ts";
import { makeOwner, namePeople } from "./name-people.ts";
import type { TestServer } from "./test-server.ts";

interface Means {
	readonly startServer: (env: Readonly<Record<string, string>>) => Promise<TestServer>;
	readonly openBrowser: OpenBrowser;
	/** Where Ollama is said to be. */
	readonly ollamaUrl: string;
}

/** A server of Olive's with an assistant, and Olive and Ben at their chats. */
export async function enterConsole({
	startServer,
	openBrowser,
	ollamaUrl,
}: Means): Promise<readonly [Visitor, Visitor]> {
	const server = await startServer({
		KITH_OLLAMA_URLS: ollamaUrl,
		KITH_ASSISTANT_MODEL: "chat:1b",
		KITH_ASSISTANT_EMBED_MODEL: "embed",
	});
	const [olive, ben] = await addPeople(server.dataFolder, ["olive", "ben"]);
	if (olive === undefined || ben === undefined) throw new Error("two people were asked for");
	await makeOwner(server.dataFolder, olive.userId);
	await namePeople(
		server.dataFolder,
		new Map([
			[olive.userId, "Olive"],
			[ben.userId, "Ben"],
		]),
	);
	const visitors = [
		await enterAt(openBrowser, server.address, olive),
		await enterAt(openBrowser, server.address, ben),
	] as const;
	for (const visitor of visitors) await visitor.open();
	return visitors;
}

/** The chat with the server, as one finds one's way through it. */
export const consoleOf = (page: Page) => {
	const pane = page.getByRole("main", { name: "Ask your server" });
	const field = pane.getByRole("combobox", { name: "Question or command" });
	return {
		pane,
		field,
		/** What came of what was said last. */
		get last(): Locator {
			return pane.getByRole("article").last();
		},
		say: async (line: string): Promise<void> => {
			await field.fill(line);
			// A list of commands that fit is no obstacle: nothing in it is chosen.
			await field.press("Enter");
		},
	};
};
