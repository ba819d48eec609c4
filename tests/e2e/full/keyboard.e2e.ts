import { expect } from "@playwright/test";
import { ownerLinkOf } from "../support/account-screen.ts";
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

async function signUp(visitor: Visitor, { name, username }: { name: string; username: string }): Promise<void> {
	const { keyboard } = visitor.page;
	const fields = { "Your name": name, Username: username, Password: "a long enough password" };
	for (const [label, written] of Object.entries(fields)) {
		await visitor.tabToward(visitor.page.getByRole("textbox", { name: label }));
		await keyboard.type(written);
	}
	await keyboard.press("Enter");
	await expect(visitor.page.getByRole("heading", { name: "Chats", exact: true })).toBeVisible();
}
