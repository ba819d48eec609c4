import type { BrowserContext, Page } from "playwright";
import type { Person } from "../../tests/server-process/add-people.ts";
import type { FilledServer } from "./fill-server.ts";

/** One screen in one state, and the way to it on a filled server. */
export interface Screen {
	readonly name: string;
	readonly path: string;
	/** Who is signed in; absent: nobody. */
	readonly person?: Person;
	/** What is different about the browser or its line before the page is asked for. */
	readonly arrange?: (context: BrowserContext) => Promise<unknown>;
	/** Brings the page to what is to be seen. */
	readonly prepare?: (page: Page) => Promise<unknown>;
	/** The documentation shows it. */
	readonly isInDocs?: true;
	/** What it shows is that it waits. */
	readonly isLoading?: true;
}

/** Every screen in every state: the pictures are taken of these, and these are what no rule of accessibility may be broken on. */
export function everyScreen(filled: FilledServer): readonly Screen[] {
	return [
		...outside,
		...chatScreens(filled),
		...wayInScreens(filled),
		...conversationScreens(filled),
		...ownScreens(filled),
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

function chatScreens({ viewer, newcomer }: FilledServer): readonly Screen[] {
	const person = viewer;
	return [
		{ name: "empty", path: "/chat", person: newcomer, isInDocs: true },
		{ name: "chats", path: "/chat", person, isInDocs: true },
		{ name: "chats-none-found", path: "/chat", person, prepare: searchNothing },
		{ name: "chats-loading", path: "/chat", person, arrange: neverAnswer, isLoading: true },
		{ name: "new-chat", path: "/new", person, prepare: (page) => search(page, "a"), isInDocs: true },
		{ name: "new-chat-nobody", path: "/new", person, prepare: searchNobody },
		{ name: "new-group", path: "/new-group", person, prepare: fillGroup, isInDocs: true },
		{ name: "new-group-refused", path: "/new-group", person, prepare: createUnnamed },
	];
}

function conversationScreens({ viewer, roomId, invitedRoomId, forgottenRoomId }: FilledServer): readonly Screen[] {
	const person = viewer;
	const room = addressOf(roomId);
	return [
		{ name: "conversation", path: room, person, prepare: hoverMessage, isInDocs: true },
		{ name: "message-menu", path: room, person, prepare: openMessageMenu },
		{ name: "reply", path: room, person, prepare: replyToMessage },
		{ name: "delete-question", path: room, person, prepare: askToDelete },
		{ name: "invitation", path: addressOf(invitedRoomId), person, prepare: (page) => see(page, "Join") },
		{
			name: "forbidden",
			path: addressOf(forgottenRoomId),
			person,
			prepare: (page) => read(page, "by invitation only"),
		},
		{ name: "no-such-chat", path: "/chat/!nowhere", person, prepare: (page) => read(page, "leads nowhere") },
		{ name: "group-info", path: `${room}/info`, person, prepare: waitForPeople, isInDocs: true },
		{ name: "leave-question", path: `${room}/info`, person, prepare: askToLeave },
		{ name: "invite-someone", path: `${room}/info`, person, prepare: askToInvite },
	];
}

function wayInScreens({ viewer, newcomer, publicAlias, inviteToken }: FilledServer): readonly Screen[] {
	const person = viewer;
	return [
		{ name: "public-rooms", path: "/rooms", person, prepare: (page) => read(page, "Market square") },
		{ name: "public-room", path: `/room/${publicAlias}`, person, prepare: (page) => see(page, "Join") },
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

function ownScreens({ viewer, newcomer }: FilledServer): readonly Screen[] {
	const person = viewer;
	return [
		{ name: "settings", path: "/you", person },
		{ name: "profile", path: "/you/profile", person, isInDocs: true },
		{ name: "picture", path: "/you/profile", person, prepare: choosePicture },
		{ name: "appearance", path: "/you/appearance", person },
		{ name: "privacy", path: "/you/privacy", person },
		{ name: "devices", path: "/you/devices", person },
		{ name: "security", path: "/you/security", person },
		{ name: "admin-overview", path: "/admin", person, isInDocs: true },
		{ name: "admin-people", path: "/admin/people", person, prepare: (page) => read(page, "@lotte:") },
		{ name: "admin-tokens", path: "/admin/tokens", person },
		{ name: "admin-refused", path: "/admin", person: newcomer, prepare: (page) => read(page, "does not exist") },
		{ name: "no-such-section", path: "/you/nowhere", person },
		{ name: "sign-out-question", path: "/you", person, prepare: (page) => press(page, "Sign out") },
	];
}

const addressOf = (roomId: string): string => `/chat/${encodeURIComponent(roomId)}`;

const press = (page: Page, name: string): Promise<void> => page.getByRole("button", { name }).first().click();
const see = (page: Page, name: string): Promise<void> => page.getByRole("button", { name }).first().waitFor();
const read = (page: Page, text: string): Promise<void> => page.getByText(text).first().waitFor();

/** Calls are never answered and sockets never opened. */
async function neverAnswer(context: BrowserContext): Promise<void> {
	await context.route("**/api/**", () => undefined);
	await context.routeWebSocket("**/api/**", () => undefined);
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

async function searchNothing(page: Page): Promise<void> {
	await page.getByRole("navigation", { name: "Chats" }).getByRole("searchbox").fill("zzzz");
	await read(page, "Nothing here");
}

async function search(page: Page, text: string): Promise<void> {
	await page.getByRole("searchbox", { name: "Name or username" }).fill(text);
	await page.getByRole("list", { name: "People found" }).waitFor();
}

async function searchNobody(page: Page): Promise<void> {
	await page.getByRole("searchbox", { name: "Name or username" }).fill("zzzz");
	await read(page, "Nobody found");
}

async function fillGroup(page: Page): Promise<void> {
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

const messageOf = (page: Page, text: string) => page.getByRole("article").filter({ hasText: text }).last();

async function hoverMessage(page: Page): Promise<void> {
	await messageOf(page, "Hazelnut or lemon?").hover();
}

/** With the pointer by the button beside the message, on a phone by a finger that rests on it. */
async function openMenuOf(page: Page, text: string): Promise<void> {
	const message = messageOf(page, text);
	await message.hover();
	const more = message.getByRole("button", { name: "More" });
	if (await more.isVisible()) await more.click();
	else await message.getByText(text).dispatchEvent("pointerdown", { pointerType: "touch", bubbles: true });
	await page.getByRole("menu").waitFor();
}

const openMessageMenu = (page: Page): Promise<void> => openMenuOf(page, "She still has the old recipe");

async function replyToMessage(page: Page): Promise<void> {
	await openMenuOf(page, "Scanning them tonight");
	await page.getByRole("menuitem", { name: "Reply" }).click();
	await page.getByRole("textbox", { name: "Message", exact: true }).fill("Please keep the one with the goat.");
}

async function askToDelete(page: Page): Promise<void> {
	await openMessageMenu(page);
	await page.getByRole("menuitem", { name: "Delete" }).click();
	await page.getByRole("dialog").waitFor();
}

async function goOffline(page: Page): Promise<void> {
	await messageOf(page, "Does the projector still work?").waitFor();
	await read(page, "Lotte Haverkamp");
	await page.context().setOffline(true);
	await read(page, "You’re offline.");
	await page.getByRole("textbox", { name: "Message", exact: true }).fill("I can bring ours.");
	await page.keyboard.press("Enter");
	await messageOf(page, "I can bring ours.").waitFor();
}

async function waitForPeople(page: Page): Promise<void> {
	await page.getByRole("complementary").getByText("Ruth Brandt").waitFor();
}

async function choosePicture(page: Page): Promise<void> {
	await page.getByLabel("Choose picture").setInputFiles("tests/fixtures/pictures/dot.png");
	await page.getByRole("dialog").waitFor();
}

async function askToLeave(page: Page): Promise<void> {
	await waitForPeople(page);
	await page.getByRole("complementary").getByRole("button", { name: "Leave" }).click();
	await page.getByRole("dialog").waitFor();
}

async function askToInvite(page: Page): Promise<void> {
	await waitForPeople(page);
	await page.getByRole("complementary").getByRole("button", { name: "Invite someone" }).click();
	await page.getByRole("dialog").getByRole("searchbox").fill("an");
	await page.getByRole("dialog").getByText("Anna Lindqvist").waitFor();
}
