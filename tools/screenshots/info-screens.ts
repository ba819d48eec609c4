import type { Page } from "playwright";
import type { FilledServer } from "./fill-server.ts";
import { addressOf, dialogOf, read, refusing, type Screen, see } from "./screen.ts";

/** What is known of a chat, and every dialog that opens from there. */
export function infoScreens({ viewer: person, roomId, ownedRoomId, directRoomId }: FilledServer): readonly Screen[] {
	const info = `${addressOf(roomId)}/info`;
	const owned = `${addressOf(ownedRoomId)}/info`;
	const asking = (name: string) => async (page: Page) => {
		await page.getByRole("complementary").getByRole("button", { name }).first().click();
		await dialogOf(page);
	};
	return [
		{ name: "group-info", path: info, person, prepare: waitForPeople, isInDocs: true },
		{ name: "group-info-asked", path: owned, person, prepare: (page) => see(page, "Let Piet Visser in") },
		{ name: "group-info-end", path: owned, person, prepare: scrollDown },
		{
			name: "direct-info",
			path: `${addressOf(directRoomId)}/info`,
			person,
			prepare: (page) => read(page, "Direct chat"),
		},
		{ name: "group-info-failed", path: info, person, arrange: refusing("rooms.details"), prepare: readFailed },
		{ name: "member-menu", path: info, person, prepare: openMemberMenu },
		{ name: "leave-question", path: info, person, prepare: askToLeave },
		{ name: "leave-question-owner", path: owned, person, prepare: asking("Leave") },
		{ name: "invite-someone", path: info, person, prepare: askToInvite },
		{ name: "invite-link-new", path: info, person, prepare: makeLink },
		{ name: "room-name", path: info, person, prepare: asking("Edit") },
		{ name: "room-join-rule", path: owned, person, prepare: asking("Who can join") },
		{ name: "room-history", path: owned, person, prepare: asking("What newcomers see") },
		{ name: "room-addresses", path: owned, person, prepare: asking("Addresses") },
		{ name: "room-move", path: owned, person, prepare: asking("Move to a new room") },
	];
}

async function waitForPeople(page: Page): Promise<void> {
	await page.getByRole("complementary").getByText("Ruth Brandt").waitFor();
}

async function readFailed(page: Page): Promise<void> {
	await page.getByRole("complementary").getByText("didn’t load").waitFor();
}

async function scrollDown(page: Page): Promise<void> {
	await page.getByRole("complementary").getByRole("button", { name: "Leave" }).scrollIntoViewIfNeeded();
}

async function openMemberMenu(page: Page): Promise<void> {
	await waitForPeople(page);
	await page.getByRole("button", { name: "What to do with Ruth Brandt" }).click();
	await page.getByRole("menu").waitFor();
}

async function makeLink(page: Page): Promise<void> {
	await page.getByRole("complementary").getByRole("button", { name: "Invite link" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Create link" }).click();
	await page.getByRole("dialog").locator("code").waitFor();
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
