import { join } from "node:path";
import type { Page } from "playwright";
import type { FilledServer } from "./fill-server.ts";
import { neverAnswer, press, read, refusing, type Screen } from "./screen.ts";

/** The chat list, the ways to a new chat, and what lies over every page. */
export function chatScreens({ viewer, newcomer }: FilledServer): readonly Screen[] {
	const person = viewer;
	return [
		{ name: "empty", path: "/chat", person: newcomer, isInDocs: true },
		{ name: "chats", path: "/chat", person, isInDocs: true },
		{ name: "chats-none-found", path: "/chat", person, prepare: searchNothing },
		{ name: "chats-loading", path: "/chat", person, arrange: neverAnswer, isLoading: true },
		{ name: "chats-unread", path: "/chat", person, prepare: (page) => press(page, "Unread") },
		{ name: "chats-asked", path: "/chat", person, prepare: searchAsked },
		{ name: "palette", path: "/chat", person, prepare: openPalette },
		{ name: "palette-nothing", path: "/chat", person, prepare: (page) => openPalette(page, "zzzz") },
		{ name: "keys", path: "/chat", person, prepare: openKeys },
		{ name: "new-chat", path: "/new", person, prepare: (page) => search(page, "a"), isInDocs: true },
		{ name: "new-chat-before", path: "/new", person },
		{ name: "new-chat-nobody", path: "/new", person, prepare: searchNobody },
		{
			name: "new-chat-failed",
			path: "/new",
			person,
			arrange: refusing("accounts.searchPeople"),
			prepare: searchInVain,
		},
		{ name: "new-group", path: "/new-group", person, prepare: fillGroup, isInDocs: true },
		{ name: "new-group-refused", path: "/new-group", person, prepare: createUnnamed },
		{ name: "new-group-public", path: "/new-group", person, prepare: choosePublic },
		{ name: "crop", path: "/new-group", person, prepare: choosePicture },
	];
}

async function searchNothing(page: Page): Promise<void> {
	await page.getByRole("navigation", { name: "Chats" }).getByRole("searchbox").fill("zzzz");
	await read(page, "Nothing here");
}

async function searchAsked(page: Page): Promise<void> {
	await page.getByRole("navigation", { name: "Chats" }).getByRole("searchbox").fill("Autumn");
	await read(page, "asks to join");
}

async function search(page: Page, text: string): Promise<void> {
	await page.getByRole("searchbox", { name: "Name or username" }).fill(text);
	await page.getByRole("list", { name: "People found" }).waitFor();
}

async function searchNobody(page: Page): Promise<void> {
	await page.getByRole("searchbox", { name: "Name or username" }).fill("zzzz");
	await read(page, "Nobody found");
}

async function searchInVain(page: Page): Promise<void> {
	await page.getByRole("searchbox", { name: "Name or username" }).fill("a");
	await read(page, "didn’t load");
}

async function fillGroup(page: Page): Promise<void> {
	await choosePicture(page);
	await press(page, "Use picture");
	await page.getByLabel("Change picture").waitFor({ state: "attached" });
	await page.getByRole("textbox", { name: "Group name" }).fill("Sunday walks");
	for (const name of ["Lotte", "Samir"]) {
		await search(page, name);
		await page.getByRole("list", { name: "People found" }).getByText(name).first().click();
	}
	await search(page, "an");
	await page.getByRole("list", { name: "People found" }).getByText("Anna Lindqvist").waitFor();
}

async function createUnnamed(page: Page): Promise<void> {
	await press(page, "Create group");
	await read(page, "A group needs a name.");
}

async function choosePublic(page: Page): Promise<void> {
	await page.getByRole("textbox", { name: "Group name" }).fill("Sunday walks");
	await page.getByRole("radio", { name: /^Everybody/ }).check();
	await page.getByLabel("Address").fill("sunday-walks");
}

async function choosePicture(page: Page): Promise<void> {
	await page.getByLabel("Choose picture").setInputFiles(join(import.meta.dirname, "pictures/lake.webp"));
	await page.getByRole("application").waitFor();
}

async function openPalette(page: Page, text = "an"): Promise<void> {
	await page.getByRole("navigation", { name: "Chats" }).or(page.getByRole("main")).first().waitFor();
	await page.keyboard.press("Control+k");
	await page.getByRole("combobox", { name: "Go to" }).fill(text);
	const found = text === "an" ? "Anneke de Wit" : "Nothing fits";
	await page.getByRole("dialog").getByText(found).waitFor();
}

async function openKeys(page: Page): Promise<void> {
	await page.getByRole("searchbox").first().waitFor();
	await page.keyboard.press("?");
	await page.getByRole("dialog").waitFor();
}
