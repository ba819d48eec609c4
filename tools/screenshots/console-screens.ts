import type { Page } from "playwright";
import type { FilledServer } from "./fill-server.ts";
import { dialogOf, press, read, type Screen } from "./screen.ts";

/** The chat with the server, of its owner and of everybody else. Its Ollama is nowhere, which is when it has to work too. */
export function consoleScreens({ viewer, newcomer }: FilledServer): readonly Screen[] {
	const owner = { person: viewer, path: "/admin/chat" };
	const anyone = { person: newcomer, path: "/you/help" };
	return [
		{ ...owner, name: "console", prepare: (page) => read(page, "/metrics") },
		{ ...owner, name: "console-completion", prepare: (page) => type(page, "/people s") },
		{ ...owner, name: "console-people", prepare: (page) => sayAll(page, ["/people", "/people show lotte"]) },
		{ ...owner, name: "console-metrics", prepare: (page) => sayAll(page, ["/metrics"]) },
		{ ...owner, name: "console-servers", prepare: (page) => sayAll(page, ["/servers", "/reports"]) },
		{ ...owner, name: "console-storage", prepare: (page) => sayAll(page, ["/storage", "/backup"]) },
		{
			...owner,
			name: "console-proposal",
			prepare: (page) => sayAll(page, ["/people supsend lotte", "/people suspend lotte"]),
		},
		{ ...owner, name: "console-invite", prepare: (page) => sayAll(page, ["/invites make 3 7", "/invites"]) },
		{ ...owner, name: "console-help", prepare: (page) => sayAll(page, ["/help"]) },
		{ ...anyone, name: "help", prepare: (page) => read(page, "/contact") },
		{ ...anyone, name: "help-found", prepare: (page) => sayAll(page, ["How do I block somebody?"]) },
		{ ...anyone, name: "help-passage", prepare: openPassage },
		{ ...anyone, name: "help-contact", prepare: askForOwner },
	];
}

const fieldOf = (page: Page) => page.getByRole("combobox", { name: "Question or command" });

async function type(page: Page, line: string): Promise<void> {
	await fieldOf(page).pressSequentially(line);
	await page.getByRole("option").first().waitFor();
}

async function sayAll(page: Page, lines: readonly string[]): Promise<void> {
	for (const [index, line] of lines.entries()) {
		await fieldOf(page).fill(line);
		await fieldOf(page).press("Enter");
		const answer = page.getByRole("article").nth(index);
		await answer.waitFor();
		await answer.getByText("Looking", { exact: true }).waitFor({ state: "hidden" });
	}
}

async function openPassage(page: Page): Promise<void> {
	await sayAll(page, ["How do I block somebody?"]);
	await press(page, "Somebody bothers me");
	await (await dialogOf(page)).getByText("blocked people can").waitFor();
}

async function askForOwner(page: Page): Promise<void> {
	await sayAll(page, ["How do I block somebody?"]);
	await press(page, "Ask whoever runs this server");
	await dialogOf(page);
}
