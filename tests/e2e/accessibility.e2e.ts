import { expect, type Page } from "@playwright/test";
import { findAxeFaults } from "./support/axe-faults.ts";
import type { Member } from "./support/kith-test.ts";
import { test } from "./support/kith-test.ts";
import { openDirectChat } from "./support/open-direct-chat.ts";
import { refusal } from "./support/watch-context.ts";

test("the screens before the sign-in break no rule of WCAG A and AA", async ({ server, openBrowser }) => {
	const visitor = await openBrowser(server.address, { reducedMotion: "reduce" });
	visitor.watch.allow(refusal);
	const { page } = visitor;
	await page.goto("/sign-in");
	await page.getByRole("textbox", { name: "Username" }).fill("somebody");
	await page.getByRole("textbox", { name: "Password" }).fill("not a password");
	await page.getByRole("button", { name: "Sign in" }).click();
	await expect(page.getByText("Username and password don’t match.")).toBeVisible();
	await expectNoViolations(page, "sign-in");
	await page.goto("/sign-up");
	await page.getByRole("textbox", { name: "Username" }).fill("Not A Name");
	await expect(page.getByText("Use small letters, digits, dots, dashes and underscores.")).toBeVisible();
	await expectNoViolations(page, "sign-up");
	await page.goto("/no-such-page");
	await expectNoViolations(page, "missing page");
});

test("the screens behind the sign-in break no rule of WCAG A and AA", async ({ makeAccounts, signIn }) => {
	const accounts = await makeAccounts("ada", "ben");
	const [ada, ben] = await Promise.all(accounts.map((account) => signIn(account, { reducedMotion: "reduce" })));
	if (ada === undefined || ben === undefined) throw new Error("two people were asked for");
	const { page } = ada;
	await ada.open();
	await expect(ada.list.getByText("No chats yet")).toBeVisible();
	await expectNoViolations(page, "no chats");
	await ben.open();
	await talk(ada, ben);
	await expectNoViolations(page, "conversation");
	await ada.message("See you at eight").hover();
	await ada.message("See you at eight").getByRole("button", { name: "More" }).click();
	await expectNoViolations(page, "message menu");
	await page.keyboard.press("Escape");

	await ben.open("/new");
	await ben.page.getByRole("searchbox", { name: "Name or username" }).fill(ada.localpart);
	await expect(ben.page.getByRole("list", { name: "People found" })).toBeVisible();
	await expectNoViolations(ben.page, "new chat");
	await ben.startGroup("Walkers", [ada.localpart]);
	await expect(ada.row("Walkers")).toBeVisible();
	await ada.open();
	await expectNoViolations(page, "chats");
	await ada.row("Walkers").click();
	await expect(page.getByRole("button", { name: "Join" })).toBeVisible();
	await expectNoViolations(page, "invitation");
	await ben.openInfo();
	await expect(ben.member("Ada")).toBeVisible();
	await expectNoViolations(ben.page, "group info");
	await ben.info.getByRole("button", { name: "Leave" }).click();
	await expectNoViolations(ben.page, "question");
	await ada.open("/new-group");
	await page.getByRole("button", { name: "Create group" }).click();
	await expect(page.getByText("A group needs a name.")).toBeVisible();
	await expectNoViolations(page, "new group");
	await ada.open("/you");
	await expectNoViolations(page, "settings");
	await page.getByLabel("Choose picture").setInputFiles("tests/fixtures/pictures/dot.png");
	await expect(page.getByRole("dialog")).toBeVisible();
	await expectNoViolations(page, "picture");
	await page.keyboard.press("Escape");
	await ada.open("/you/appearance");
	await expectNoViolations(page, "appearance");
	// Before the socket is open it is asked for over HTTP, and the browser notes the refusal.
	ada.watch.allow(refusal);
	await ada.open("/chat/!nowhere");
	await expect(page.getByText("This link leads nowhere")).toBeVisible();
	await expectNoViolations(page, "no such chat");
});

test("the page of privacy breaks no rule of WCAG A and AA", async ({ meet }) => {
	const [ada] = await meet("ada");
	await ada.open("/you/privacy");
	await expect(ada.page.getByRole("switch", { name: "Typing" })).toBeEnabled();
	await expectNoViolations(ada.page, "privacy");
});

/** A conversation with everything that a message can be. */
async function talk(ada: Member, ben: Member): Promise<void> {
	await openDirectChat(ada, ben);
	await ben.send("Dinner tonight? https://example.org/menu");
	await ada.choose("Dinner tonight?", "Reply");
	await ada.send("See you at eight");
	await ben.choose("See you at eight", "React with 🎉");
	await ada.send("Wrong chat");
	await ada.choose("Wrong chat", "Delete");
	await ada.confirm("Delete");
	await ada.send("👋");
	await expect(ada.message("See you at eight").getByRole("button", { name: "🎉, 1 person" })).toBeVisible();
}

async function expectNoViolations(page: Page, screen: string): Promise<void> {
	expect(await findAxeFaults(page, screen)).toEqual([]);
}
