import type { Page } from "playwright";
import { assistantScreens } from "./assistant-screens.ts";
import { chatScreens } from "./chat-screens.ts";
import { consoleScreens } from "./console-screens.ts";
import { conversationScreens } from "./conversation-screens.ts";
import { elsewhereScreens } from "./elsewhere-screens.ts";
import type { FilledServer } from "./fill-server.ts";
import { infoScreens } from "./info-screens.ts";
import { ownScreens } from "./own-screens.ts";
import { addressOf, dialogOf, press, read, type Screen, see } from "./screen.ts";

/** Every screen in every state: the pictures are taken of these, and these are what no rule of accessibility may be broken on. */
export function everyScreen(filled: FilledServer): readonly Screen[] {
	return [
		...outside,
		...chatScreens(filled),
		...wayInScreens(filled),
		...elsewhereScreens(filled),
		...conversationScreens(filled),
		...infoScreens(filled),
		...assistantScreens(filled),
		...ownScreens(filled),
		...consoleScreens(filled),
		// Last, because what is written there goes out once the picture is taken.
		offlineScreen(filled),
	];
}

const outside: readonly Screen[] = [
	{ name: "sign-in", path: "/sign-in", prepare: (page) => page.getByLabel("Username").fill("mira"), isInDocs: true },
	{ name: "sign-in-refused", path: "/sign-in", prepare: failToSignIn },
	{ name: "sign-up", path: "/sign-up", prepare: fillSignUp, isInDocs: true },
	{ name: "sign-up-password", path: "/sign-up", prepare: fillSignUpWithPassword },
	{ name: "sign-up-refused", path: "/sign-up", prepare: fillSignUpBadly },
	{ name: "missing-page", path: "/no-such-page" },
];

function wayInScreens({ viewer, newcomer, publicAlias, knockAlias, inviteToken }: FilledServer): readonly Screen[] {
	const person = viewer;
	return [
		{ name: "public-rooms", path: "/rooms", person, prepare: (page) => read(page, "Market square") },
		{ name: "public-room", path: `/room/${publicAlias}`, person, prepare: (page) => see(page, "Join") },
		{ name: "room-to-ask", path: `/room/${knockAlias}`, person, prepare: (page) => see(page, "Ask to join") },
		{ name: "room-ask-dialog", path: `/room/${knockAlias}`, person, prepare: askToJoin },
		{
			name: "room-unreachable",
			path: `/room/${encodeURIComponent("#choir:orchestra.example")}`,
			person,
			prepare: (page) => see(page, "Try again"),
		},
		{ name: "public-rooms-none", path: "/rooms", person, prepare: searchNoRoom },
		{ name: "no-such-room", path: "/room/nowhere", person, prepare: (page) => read(page, "No such room") },
		{ name: "invite-link", path: `/join#${inviteToken}`, prepare: (page) => read(page, "Oma turns 80") },
		{
			name: "invite-link-signed-in",
			path: `/join#${inviteToken}`,
			person: newcomer,
			prepare: (page) => see(page, "Join"),
		},
		{
			name: "invite-link-dead",
			path: `/join#${"x".repeat(32)}`,
			prepare: (page) => read(page, "doesn’t work any more"),
		},
	];
}

function offlineScreen({ viewer, roomId }: FilledServer): Screen {
	return { name: "offline", path: addressOf(roomId), person: viewer, prepare: goOffline, isInDocs: true };
}

async function failToSignIn(page: Page): Promise<void> {
	await page.getByLabel("Username").fill("mira");
	await page.getByLabel("Password", { exact: true }).fill("not her password");
	await press(page, "Sign in");
	await read(page, "don’t match");
}

async function fillSignUp(page: Page): Promise<void> {
	await page.getByLabel("Your name").fill("Sol Ferreira");
	await page.getByLabel("Username").fill("sol.ferreira");
	await page.getByText("Still free").waitFor();
}

async function fillSignUpWithPassword(page: Page): Promise<void> {
	await fillSignUp(page);
	await page.getByRole("radio", { name: "Password" }).check();
	await page.getByRole("textbox", { name: "Password" }).fill("twelve wild geese");
}

async function fillSignUpBadly(page: Page): Promise<void> {
	await page.getByLabel("Username").fill("Not A Name");
	await read(page, "Use small letters");
}

async function askToJoin(page: Page): Promise<void> {
	await press(page, "Ask to join");
	await (await dialogOf(page)).getByLabel("A word to them").fill("I live on the second floor.");
}

async function searchNoRoom(page: Page): Promise<void> {
	await read(page, "Market square");
	await page.getByRole("main").getByRole("searchbox").fill("zzzz");
	await read(page, "zzzz");
}

const articleOf = (page: Page, text: string) => page.getByRole("article").filter({ hasText: text }).last();

async function goOffline(page: Page): Promise<void> {
	await articleOf(page, "Does the projector still work?").waitFor();
	await read(page, "Lotte Haverkamp");
	await page.context().setOffline(true);
	await page.getByRole("region", { name: "Connection" }).waitFor();
	await page.getByRole("textbox", { name: "Message", exact: true }).fill("I can bring ours.");
	await page.keyboard.press("Enter");
	await articleOf(page, "I can bring ours.").waitFor();
}
