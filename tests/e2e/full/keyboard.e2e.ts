import { expect } from "@playwright/test";
import { sharedPassword } from "../../server-process/add-people.ts";
import { expectChats, ownerLinkOf } from "../support/account-screen.ts";
import { test, type Visitor } from "../support/kith-test.ts";

test("from the sign-up to a message that was read, nobody needs a pointer", async ({ startServer, openBrowser }) => {
	const server = await startServer();
	const ada = await openBrowser(server.address);
	await ada.page.goto((await ownerLinkOf(server)) ?? "");
	await signUp(ada, { name: "Ada", username: "ada" });
	const ben = await openBrowser(server.address);
	await ben.page.goto("/sign-up");
	await signUp(ben, { name: "Ben", username: "ben" });

	await ada.tabTo("link", "New chat");
	await ada.page.keyboard.press("Enter");
	await ada.tabTo("searchbox", "Name or username");
	await ada.page.keyboard.type("ben");
	await expect(ada.page.getByRole("list", { name: "People found" })).toBeVisible();
	await ada.page.keyboard.press("Tab");
	await ada.page.keyboard.press("Enter");
	await expect(ada.composer).toBeVisible();
	await ada.tabTo("textbox", "Message");
	await ada.page.keyboard.type("No mouse was harmed");
	await ada.page.keyboard.press("Enter");
	await expect(ada.message("No mouse was harmed")).toBeVisible();

	await expect(ben.row("Ada")).toBeVisible();
	await ben.tabToward(ben.row("Ada"));
	await ben.page.keyboard.press("Enter");
	await ben.tabTo("button", "Join");
	await ben.page.keyboard.press("Enter");
	await expect(ben.message("No mouse was harmed")).toBeVisible();
	await ada.expectTick("No mouse was harmed", "Read");

	await ben.tabTo("textbox", "Message");
	await ben.page.keyboard.type("Nor was mine");
	await ben.page.keyboard.press("Enter");
	await expect(ada.message("Nor was mine")).toBeVisible();
	await ben.expectTick("Nor was mine", "Read");
});

test("signs in, answers, changes, reacts to and deletes messages and leaves, without a pointer", async ({
	server,
	makeAccounts,
	signIn,
	openBrowser,
}) => {
	const [adaAccount, benAccount] = await makeAccounts("ada", "ben");
	const ben = await signIn(benAccount);
	await ben.open();
	await ben.startGroup("Walkers", [adaAccount.localpart]);
	for (const text of ["Which way?", "And when?"]) await ben.send(text);
	const ada = await openBrowser(server.address);
	const { keyboard } = ada.page;
	await ada.page.goto("/sign-in");
	await ada.tabTo("textbox", "Username");
	await keyboard.type(adaAccount.localpart);
	await ada.tabTo("textbox", "Password");
	await keyboard.type(sharedPassword);
	await keyboard.press("Enter");
	await expectChats(ada.page);
	await ada.tabToward(ada.row("Walkers"));
	await keyboard.press("Enter");
	await ada.tabTo("button", "Join");
	await keyboard.press("Enter");
	await expect(ada.message("And when?")).toBeVisible();

	await goToMessage(ada, "Which way?");
	await keyboard.press("r");
	await expect(ada.composer).toBeFocused();
	await keyboard.type("Along the canal");
	await keyboard.press("Enter");
	await expect(ben.message("Along the canal")).toHaveAccessibleName(/in reply to You/);
	await expect(ada.composer).toBeFocused();
	await keyboard.press("ArrowUp");
	await expect(ada.composer).toHaveValue("Along the canal");
	await keyboard.press("End");
	await keyboard.type(", at ten");
	await keyboard.press("Enter");
	await expect(ben.message("Along the canal, at ten")).toContainText("edited");

	await goToMessage(ada, "And when?");
	await ada.tabToward(ada.message("And when?").getByRole("button", { name: "More" }));
	await keyboard.press("Enter");
	await chooseFromMenu(ada, "React with 👍");
	await expect(ben.message("And when?").getByRole("button", { name: "👍, 1 person" })).toBeVisible();
	await expect(ada.message("And when?").getByRole("button", { name: "More" })).toBeFocused();

	await goToMessage(ada, "Along the canal, at ten");
	await keyboard.press("Delete");
	await confirm(ada, "Delete");
	await expect(ben.message("Message deleted")).toBeVisible();

	await ada.tabTo("link", "About this chat");
	await keyboard.press("Enter");
	await ada.tabToward(ada.info.getByRole("button", { name: "Leave" }));
	await keyboard.press("Enter");
	await confirm(ada, "Leave");
	await expect(ada.page).toHaveURL(/\/chat$/);
	await expect(ada.row("Walkers")).toHaveCount(0);
	await expect(ben.conversation.getByText("Ada left")).toBeVisible();
});

/** From wherever the focus is into the conversation, and by arrows to a message. */
async function goToMessage(visitor: Visitor, text: string): Promise<void> {
	const { keyboard } = visitor.page;
	await visitor.tabToward(visitor.page.locator(".timeline, .timeline article"));
	await keyboard.press("End");
	const isThere = (): Promise<boolean> => visitor.message(text).evaluate((one) => one === document.activeElement);
	for (let steps = 0; steps < 10 && !(await isThere()); steps += 1) await keyboard.press("ArrowUp");
	await expect(visitor.message(text)).toBeFocused();
}

async function chooseFromMenu({ page }: Visitor, name: string): Promise<void> {
	await expect(page.getByRole("menu")).toBeVisible();
	const item = page.getByRole("menuitem", { name });
	for (let steps = 0; steps < 20; steps += 1) {
		if (await item.evaluate((one) => one === document.activeElement)) break;
		await page.keyboard.press("ArrowDown");
	}
	await page.keyboard.press("Enter");
	await expect(page.getByRole("menu")).toHaveCount(0);
}

async function confirm(visitor: Visitor, action: string): Promise<void> {
	const dialog = visitor.page.getByRole("dialog");
	await visitor.tabToward(dialog.getByRole("button", { name: action }));
	await visitor.page.keyboard.press("Enter");
	await expect(dialog).toHaveCount(0);
}

async function signUp(visitor: Visitor, person: { name: string; username: string }): Promise<void> {
	const { page } = visitor;
	const write = async (label: string, written: string): Promise<void> => {
		await visitor.tabToward(page.getByRole("textbox", { name: label }));
		await page.keyboard.type(written);
	};
	await write("Your name", person.name);
	await write("Username", person.username);
	await visitor.tabToward(page.getByRole("radio", { name: "Passkey" }));
	await page.keyboard.press("ArrowDown");
	await expect(page.getByRole("radio", { name: "Password" })).toBeChecked();
	await write("Password", "a long enough password");
	await page.keyboard.press("Enter");
	await expect(page.getByRole("button", { name: "Remind me tomorrow" })).toBeVisible();
	await visitor.tabTo("button", "Remind me tomorrow");
	await page.keyboard.press("Enter");
	await expectChats(page);
}
