import { expect } from "@playwright/test";
import { createHttpCaller } from "../../server-process/http-caller.ts";
import { holdSockets } from "../support/held-socket.ts";
import { expectKept, expectNothingKept, keeps } from "../support/kept-data.ts";
import { type Member, test } from "../support/kith-test.ts";
import { openPlainChat } from "../support/open-direct-chat.ts";
import { lostConnection, refusal } from "../support/watch-context.ts";

/** Writes something that cannot go out until the answer is called, and begins something else. */
async function writeIntoTheDark(one: Member): Promise<() => void> {
	one.watch.allow(lostConnection);
	one.watch.allow(refusal);
	const sockets = await holdSockets(one.page.context());
	sockets.drop("messages.send");
	await one.page.reload();
	await one.send("Not gone out yet");
	await one.expectTick("Not gone out yet", "Waiting");
	await one.composer.fill("Only begun");
	await one.composer.blur();
	await expectKept(one.page, "Not gone out yet");
	await expectKept(one.page, "Only begun");
	return sockets.release;
}

/** The session is over while the page is away; its next start leads to the sign-in. */
async function loseCookie({ page }: Member): Promise<void> {
	await page.goto("about:blank");
	await page.context().clearCookies();
	await page.goto("/chat");
	await expect(page).toHaveURL(/\/sign-in/);
}

/** Puts a session into a browser, as signing in does. */
async function giveCookie({ page }: Member, cookie: string): Promise<void> {
	const [name = "", value = ""] = cookie.split("=");
	await page.context().addCookies([{ name, value, url: page.url(), httpOnly: true, sameSite: "Lax" }]);
}

test("a session that grew old leaves what was written for the same person, and nothing else", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openPlainChat(ada, ben);
	await ben.send("Known to the server");
	await expectKept(ada.page, "Known to the server");
	const chat = ada.page.url();
	const letGo = await writeIntoTheDark(ada);
	await loseCookie(ada);
	await expectKept(ada.page, "Not gone out yet");
	await expectKept(ada.page, "Only begun");
	await expect.poll(() => keeps(ada, "Known to the server")).toBe(false);

	letGo();
	await giveCookie(ada, ada.account.cookie);
	await ada.page.goto(chat);
	await expect(ben.message("Not gone out yet")).toBeVisible({ timeout: 20_000 });
	await expect(ada.composer).toHaveValue("Only begun");
	for (const one of [ada, ben]) await one.expectTexts(["Known to the server", "Not gone out yet"]);
});

test("somebody else who signs in after it finds nothing of what was written", async ({ meet }) => {
	const [ada, ben, cem] = await meet("ada", "ben", "cem");
	await openPlainChat(ada, ben);
	const letGo = await writeIntoTheDark(ada);
	await loseCookie(ada);

	letGo();
	await giveCookie(ada, cem.account.cookie);
	await ada.page.goto("/chat");
	await expect(ada.page.getByText("No chats yet")).toBeVisible();
	await expectKept(ada.page, cem.account.userId);
	expect(await keeps(ada, "Not gone out yet")).toBe(false);
	expect(await keeps(ada, "Only begun")).toBe(false);
	expect(await ada.page.evaluate(() => localStorage.getItem("kith.account"))).toBe(cem.account.userId);
	await expect(ben.message("Not gone out yet")).toHaveCount(0);
});

test("a session that is ended from another device leaves nothing, also where the device was off", async ({
	server,
	meet,
}) => {
	const [ada, ben] = await meet("ada", "ben");
	await openPlainChat(ada, ben);
	const letGo = await writeIntoTheDark(ada);
	await ada.page.goto("about:blank");
	// Signed out on the server, as the list of devices does it.
	const caller = createHttpCaller(server.address, ada.account.cookie);
	await caller.mutate("accounts.signOut", undefined);
	caller.close();
	letGo();
	await ada.page.goto("/sign-in");
	await expectKept(ada.page, "Not gone out yet");
	await ada.page.goto("/chat");
	await expect(ada.page).toHaveURL(/\/sign-in/);
	await expectNothingKept(ada.page);
	await expect(ben.message("Not gone out yet")).toHaveCount(0);
});

test("signing out by hand says first how much would be lost", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openPlainChat(ada, ben);
	await ada.page.goto("/you");
	const dialog = ada.page.getByRole("dialog");
	await ada.page.getByRole("button", { name: "Sign out" }).click();
	await expect(dialog).toContainText("Everything has gone out.");
	await dialog.getByRole("button", { name: "Cancel" }).click();
	await ada.page.goBack();

	ada.watch.allow(lostConnection);
	// Only messages are held up: the sign-out itself reaches the server.
	await ada.page.context().route("**/messages.send**", (route) => route.abort());
	await ada.page.context().routeWebSocket(/\/api\/trpc/, (socket) => void socket.close());
	await ada.page.reload();
	for (const text of ["One", "Two"]) await ada.send(text);
	await ada.composer.fill("Three, not finished");
	await expectKept(ada.page, "Three, not finished");
	await ada.page.goto("/you");
	await ada.page.getByRole("button", { name: "Sign out" }).click();
	await expect(dialog).toContainText("3 messages, changes or drafts have not gone out yet. They will be lost.");
	await dialog.getByRole("button", { name: "Cancel" }).click();
	await expectKept(ada.page, "Two");
	await ada.page.getByRole("button", { name: "Sign out" }).click();
	await dialog.getByRole("button", { name: "Sign out" }).click();
	await expect(ada.page).toHaveURL(/\/sign-in/);
	await expectNothingKept(ada.page);
});
