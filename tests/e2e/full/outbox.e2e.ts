import { expect } from "@playwright/test";
import { ChatScreen } from "../support/chat-screen.ts";
import { holdSockets } from "../support/held-socket.ts";
import { test } from "../support/kith-test.ts";
import { openDirectChat, openPlainChat } from "../support/open-direct-chat.ts";
import { lostConnection } from "../support/watch-context.ts";

test("a reload in the middle of sending sends once", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	const sockets = await holdSockets(ada.page.context());

	sockets.drop("messages.send");
	await ada.page.reload();
	await ada.send("Did not get there");
	await ada.expectTick("Did not get there", "Waiting");
	sockets.release();
	await ada.page.reload();
	await expect(ben.message("Did not get there")).toBeVisible();

	sockets.dropAnswersTo("messages.send");
	await ada.page.reload();
	// What the stream brings is held with the answers once both come over the socket.
	await ben.send("Are you there?");
	await expect(ada.message("Are you there?")).toBeVisible();
	await ada.send("Got there, and nobody knows");
	await expect(ben.message("Got there, and nobody knows")).toBeVisible();
	await ada.expectTick("Got there, and nobody knows", "Waiting");
	sockets.release();
	await ada.page.reload();
	await ada.expectTick("Got there, and nobody knows", "Read");
	const texts = ["Did not get there", "Are you there?", "Got there, and nobody knows"];
	for (const one of [ada, ben]) await one.expectTexts(texts);
});

test("a page that is gone in the middle of sending leaves the message to the next", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	const context = ada.page.context();
	const address = new URL(ada.page.url()).pathname;
	const sockets = await holdSockets(context);
	sockets.drop("messages.send");
	await ada.page.reload();
	for (const text of ["One", "Two"]) await ada.send(text);
	sockets.release();
	await ada.page.close();
	await expect(ben.message("One")).toHaveCount(0);

	const next = new ChatScreen(await context.newPage());
	await next.open(address);
	await expect(ben.message("Two")).toBeVisible();
	for (const one of [next, ben]) await one.expectTexts(["One", "Two"]);
});

test("two windows show one queue, and the other goes on when one closes", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	const context = ada.page.context();
	const window = new ChatScreen(await context.newPage());
	await window.open(new URL(ada.page.url()).pathname);
	// Its socket is open before the next ones are held: what is sent now comes over it.
	await ben.send("Are you both there?");
	await expect(window.message("Are you both there?")).toBeVisible();
	const sockets = await holdSockets(context);
	sockets.drop("messages.send");
	// Only the first window's new socket is held. It sends by itself once it follows the stream, which its next message shows.
	await ada.page.reload();
	await ben.send("Are you there?");
	await expect(ada.message("Are you there?")).toBeVisible();
	await ada.send("Stuck in the first window");
	for (const one of [ada, window]) await one.expectTick("Stuck in the first window", "Waiting");
	await window.send("Written behind it in the second");
	await ada.expectTick("Written behind it in the second", "Waiting");

	await ada.page.close();
	await expect(ben.message("Written behind it in the second")).toBeVisible();
	const texts = [
		"Are you both there?",
		"Are you there?",
		"Stuck in the first window",
		"Written behind it in the second",
	];
	for (const one of [window, ben]) await one.expectTexts(texts);
});

test("changes are shown at once without a network, go out after it, and are taken back when refused", async ({
	makeAccounts,
	signIn,
}) => {
	const [adaAccount, benAccount] = await makeAccounts("ada", "ben");
	const ada = await signIn(adaAccount);
	const ben = await signIn(benAccount);
	for (const one of [ada, ben]) await one.open();
	await openPlainChat(ada, ben);
	for (const text of ["To be changed", "To be deleted", "To be deleted elsewhere"]) await ada.send(text);
	await ben.send("To be liked");
	const device = await signIn(adaAccount);
	await device.open(new URL(ada.page.url()).pathname);
	ada.watch.allow(lostConnection);
	await ada.page.context().setOffline(true);

	await ada.choose("To be changed", "Edit");
	await ada.composer.fill("Has been changed");
	await ada.composer.press("Enter");
	await ada.choose("To be deleted elsewhere", "Edit");
	await ada.composer.fill("Changed too late");
	await ada.composer.press("Enter");
	await ada.choose("To be deleted", "Delete");
	await ada.confirm("Delete");
	await expect(ada.message("To be deleted")).toHaveCount(0);
	await ada.choose("To be liked", "React with 👍");
	await expect(ada.message("Has been changed")).toContainText("edited");
	await expect(ada.message("Changed too late")).toBeVisible();
	await expect(ada.message("To be liked").getByRole("button", { name: "👍, 1, including you" })).toBeVisible();
	await device.choose("To be deleted elsewhere", "Delete");
	await device.confirm("Delete");

	await ada.page.context().setOffline(false);
	await expect(ben.message("Has been changed")).toBeVisible({ timeout: 40_000 });
	await expect(ben.message("To be deleted")).toHaveCount(0);
	await expect(ben.message("To be liked").getByRole("button", { name: "👍, 1 person" })).toBeVisible();
	await expect(ada.page.getByText("Your change was not saved.")).toBeVisible();
	await expect(ada.message("Changed too late")).toHaveCount(0);
	await ada.page.getByRole("button", { name: "Close" }).click();
	await expect(ada.page.getByText("Your change was not saved.")).toHaveCount(0);
});
