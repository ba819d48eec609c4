import { expect } from "@playwright/test";
import { expectChats, ownerLinkOf, postponeKey, signUp } from "./support/account-screen.ts";
import { test } from "./support/kith-test.ts";
import { lostConnection, refusal } from "./support/watch-context.ts";

test("two people make accounts on a new server and write to each other", async ({ startServer, openBrowser }) => {
	const server = await startServer();
	const link = await ownerLinkOf(server);
	if (link === undefined) throw new Error("the server printed no link for its owner");

	const ada = await openBrowser(server.address);
	await ada.page.goto("/sign-up");
	await expect(ada.page.getByRole("heading", { name: "This server waits for its owner" })).toBeVisible();
	await ada.page.goto(link);
	await expect(ada.page.getByRole("heading", { name: "Make this server yours" })).toBeVisible();
	await signUp(ada.page, { name: "Ada Owner", username: "ada", password: "a long enough password" });
	await postponeKey(ada.page);
	await expectChats(ada.page);
	await expect(ada.list.getByRole("heading", { name: "No chats yet" })).toBeVisible();

	const ben = await openBrowser(server.address);
	await ben.page.goto("/sign-in");
	await ben.page.getByRole("link", { name: "Create an account" }).click();
	await signUp(ben.page, { name: "Ben Guest", username: "ben", password: "another long password" });
	await postponeKey(ben.page);
	await expectChats(ben.page);

	await ada.startDirectChat("ben");
	await ada.send("Good morning, Ben");
	await ada.expectTick("Good morning, Ben", "Sent");

	await expect(ben.row("Ada Owner")).toContainText("Ada Owner invites you");
	await ben.join("Ada Owner");
	await expect(ben.message("Good morning, Ben")).toBeVisible();
	await ada.expectTick("Good morning, Ben", "Read");

	await ben.send("Good morning, Ada");
	await expect(ada.message("Good morning, Ada")).toBeVisible();
	await ben.expectTick("Good morning, Ada", "Read");
	await ada.expectTexts(["Good morning, Ben", "Good morning, Ada"]);
	await ben.expectTexts(["Good morning, Ben", "Good morning, Ada"]);
});

test("the owner's link works once", async ({ startServer, openBrowser }) => {
	const server = await startServer();
	const link = (await ownerLinkOf(server)) ?? "";
	const ada = await openBrowser(server.address);
	await ada.page.goto(link);
	await signUp(ada.page, { name: "Ada", username: "ada", password: "a long enough password" });
	await postponeKey(ada.page);
	await expectChats(ada.page);

	const eve = await openBrowser(server.address);
	eve.watch.allow(refusal);
	await eve.page.goto(link);
	await signUp(eve.page, { name: "Eve", username: "eve", password: "a long enough password" });
	await expect(eve.page.getByText("This code or link is used up or wrong.")).toBeVisible();

	for (const { watch } of [ada, eve]) watch.allow(lostConnection);
	await server.stop("SIGTERM");
	await server.start();
	expect(await ownerLinkOf(server)).toBeUndefined();
});
