import type { BrowserContext, Page } from "playwright";
import { chatThemes } from "../../src/client/appearance/appearance.ts";
import type { FilledServer } from "./fill-server.ts";
import { addressOf, answering, dialogOf, neverAnswer, press, read, refusing, type Screen, see } from "./screen.ts";

/** A room of another server whose people are still coming. */
const arrivingDetails = (roomId: string) => ({
	summary: {
		...{ roomId, kind: "group", name: "Oma turns 80", heroes: [], joinedCount: 12, invitedCount: 0 },
		...{ membership: "join", lastPosition: "1", unreadCount: 0, mentionCount: 0 },
	},
	...{ version: "12", joinRule: "invite", historyVisibility: "shared", aliases: [], ownRole: "member" },
	permissions: { send: true },
	membersArriving: { isFailing: false },
	progress: { reads: [] },
});

/** A conversation, what opens over it, and what stands in its place. */
export function conversationScreens(filled: FilledServer): readonly Screen[] {
	const { viewer: person, roomId, unreadRoomId, invitedRoomId, forgottenRoomId } = filled;
	const room = addressOf(roomId);
	return [
		{ name: "conversation", path: room, person, prepare: hoverMessage, isInDocs: true },
		...chatThemes.map((theme) => ({
			...{ name: `theme-${theme}`, path: room, person, prepare: hoverMessage },
			arrange: (context: BrowserContext) => wearTheme(context, theme),
			isVariant: true as const,
		})),
		{ name: "conversation-compact", path: room, person, arrange: lookCompact, prepare: hoverMessage, isVariant: true },
		{ name: "conversation-folded", path: room, person, arrange: foldList, prepare: hoverMessage, isVariant: true },
		{
			name: "conversation-arriving",
			path: room,
			person,
			arrange: answering({ "rooms.details": arrivingDetails(roomId) }),
			prepare: (page) => read(page, "At least "),
		},
		{ name: "conversation-loading", path: room, person, arrange: neverAnswer, isLoading: true },
		{ name: "unread", path: addressOf(unreadRoomId), person, prepare: (page) => messageOf(page, "Pumpkins").waitFor() },
		{ name: "message-menu", path: room, person, prepare: openMessageMenu },
		{ name: "reaction-picker", path: room, person, prepare: openReactions },
		{ name: "readers", path: room, person, prepare: openReaders },
		{ name: "reply", path: room, person, prepare: replyToMessage },
		{ name: "edit", path: room, person, prepare: editMessage },
		{ name: "mention", path: room, person, prepare: mention },
		{ name: "message-failed", path: room, person, arrange: refusing("messages.send"), prepare: sendInVain },
		{ name: "reminder-question", path: room, person, prepare: askWhen },
		{ name: "reminders", path: room, person, prepare: setReminder },
		{ name: "delete-question", path: room, person, prepare: askToDelete },
		{ name: "invitation", path: addressOf(invitedRoomId), person, prepare: (page) => see(page, "Join") },
		{ name: "asking", path: addressOf(filled.askedRoomId), person, prepare: (page) => see(page, "Take it back") },
		{ name: "go-to-day", path: addressOf(roomId), person, prepare: askForDay },
		{ name: "invitation-block", path: addressOf(invitedRoomId), person, prepare: askAbout("Block") },
		{ name: "invitation-report", path: addressOf(invitedRoomId), person, prepare: askAbout("Report") },
		{
			...{ name: "forbidden", path: addressOf(forgottenRoomId), person },
			prepare: (page) => read(page, "by invitation only"),
		},
		{ name: "no-such-chat", path: "/chat/!nowhere", person, prepare: (page) => read(page, "leads nowhere") },
	];
}

const keep = (context: BrowserContext, key: string, value: object): Promise<unknown> =>
	context.addInitScript(([name, kept]) => localStorage.setItem(name ?? "", kept ?? ""), [key, JSON.stringify(value)]);

const wearTheme = (context: BrowserContext, chatTheme: string) => keep(context, "kith.appearance", { chatTheme });
const lookCompact = (context: BrowserContext) => keep(context, "kith.appearance", { rows: "compact" });
const foldList = (context: BrowserContext) => keep(context, "kith.list", { isCollapsed: true });

const messageOf = (page: Page, text: string) => page.getByRole("article").filter({ hasText: text }).last();

const mostTries = 5;
const mostTurns = 20;
const toEndPx = 20_000;
const turn = { px: -150, restMs: 100 };

/** A message near the end: above what is drawn in a low window, or below it where the chat was left further up. */
async function bringMessage(page: Page, text: string) {
	await page.getByRole("article").first().waitFor();
	const message = messageOf(page, text);
	for (let turns = 0; turns < mostTurns && (await message.count()) === 0; turns += 1) {
		await page.getByRole("log").hover();
		await page.mouse.wheel(0, turns === 0 ? toEndPx : turn.px);
		await page.waitForTimeout(turn.restMs);
	}
	return message;
}

async function hoverMessage(page: Page): Promise<void> {
	await (await bringMessage(page, "Hazelnut or lemon?")).hover();
}

/**
 * With the pointer by the button beside the message, on a phone by a finger that rests on it. A list that is still finding
 * its place may take the message from under the pointer, and the button with it.
 */
async function openMenuOf(page: Page, text: string): Promise<void> {
	for (let tries = 1; ; tries += 1) {
		const message = await bringMessage(page, text);
		const more = message.getByRole("button", { name: "More" });
		try {
			await message.hover({ timeout: 3_000 });
			if (await more.isVisible()) await more.click({ timeout: 3_000 });
			else await message.getByText(text).dispatchEvent("pointerdown", { pointerType: "touch", bubbles: true });
			await page.getByRole("menu").waitFor({ timeout: 3_000 });
			return;
		} catch (error) {
			if (tries === mostTries) throw error;
		}
	}
}

const openMessageMenu = (page: Page): Promise<void> => openMenuOf(page, "She still has the old recipe");

const choose = (page: Page, name: string): Promise<void> => page.getByRole("menuitem", { name }).click();

async function openReactions(page: Page): Promise<void> {
	await openMessageMenu(page);
	await choose(page, "Another reaction");
	await page.getByRole("dialog").waitFor();
}

async function openReaders(page: Page): Promise<void> {
	await openMessageMenu(page);
	await choose(page, "Who has read it");
	await page.getByRole("dialog").getByText("Lotte Haverkamp").waitFor();
}

async function replyToMessage(page: Page): Promise<void> {
	await openMenuOf(page, "Scanning them tonight");
	await page.getByRole("menuitem", { name: "Reply" }).click();
	await page.getByRole("textbox", { name: "Message", exact: true }).fill("Please keep the one with the goat.");
}

async function editMessage(page: Page): Promise<void> {
	await openMessageMenu(page);
	await choose(page, "Edit");
}

async function mention(page: Page): Promise<void> {
	await messageOf(page, "Hazelnut or lemon?").waitFor();
	await page.getByRole("textbox", { name: "Message", exact: true }).pressSequentially("Ask @");
	await page.getByRole("option").first().waitFor();
}

async function sendInVain(page: Page): Promise<void> {
	await messageOf(page, "Hazelnut or lemon?").waitFor();
	await page.getByRole("textbox", { name: "Message", exact: true }).fill("I can bring ours.");
	await page.keyboard.press("Enter");
	await messageOf(page, "I can bring ours.").getByText("Not sent").waitFor();
}

async function askWhen(page: Page): Promise<void> {
	await openMessageMenu(page);
	await choose(page, "Remind me");
	await dialogOf(page);
}

async function setReminder(page: Page): Promise<void> {
	await askWhen(page);
	await (await dialogOf(page)).getByRole("button", { name: "Remind me" }).click();
	await page.getByRole("dialog").waitFor({ state: "hidden" });
	await page.goto("/you/reminders");
	await page.getByRole("list", { name: "To come" }).waitFor();
}

async function askToDelete(page: Page): Promise<void> {
	await openMessageMenu(page);
	await page.getByRole("menuitem", { name: "Delete" }).click();
	await page.getByRole("dialog").waitFor();
}

/** What is asked before the sender of an invitation is blocked or reported. */
const askAbout = (what: string) => async (page: Page) => {
	await press(page, `${what} `);
	await dialogOf(page);
};

async function askForDay(page: Page): Promise<void> {
	// On a small screen the day stands too far above the newest message to be drawn.
	await page.locator(".timeline").press("Home");
	await page.getByRole("heading", { level: 2 }).getByRole("button", { name: "Today" }).first().click();
	await dialogOf(page);
}
