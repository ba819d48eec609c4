import { expect, type Page } from "@playwright/test";
import { sharedPassword } from "../../server-process/add-people.ts";
import { expectChats, signIn } from "../support/account-screen.ts";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";
import { refusal } from "../support/watch-context.ts";

/** A call of the typed API in the name of whoever is signed in. */
const ask = (page: Page, path: string, input?: object): Promise<Record<string, unknown>> =>
	page.evaluate(
		async ([path, body]) => {
			const post = { method: "POST", headers: { "content-type": "application/json" }, body: body ?? "" };
			const response = await fetch(`/api/trpc/${path}`, body === undefined ? {} : post);
			return (await response.json()).result?.data ?? {};
		},
		[path, input && JSON.stringify(input)] as const,
	);

test("an empty browser reads with the recovery key what was said long ago, while it was locked, and from then on", async ({
	meet,
	server,
	openBrowser,
}) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	const chat = new URL(ada.page.url()).pathname;
	// There may be none yet.
	for (const { watch } of [ada, ben]) watch.allow(refusal);
	// A backup is made by a device that its person's identity vouches for.
	const backedUp = async (): Promise<unknown> => (await ask(ada.page, "keyBackup.version?input={}"))["count"];
	for (const { page } of [ada, ben]) {
		await expect.poll(async () => (await ask(page, "keyBackup.version?input={}"))["version"]).toBe("1");
	}
	await ada.send("Said long ago");
	await expect(ben.message("Said long ago")).toBeVisible();
	await expect.poll(backedUp).toBe(1);
	await ada.page.goto("/recovery-key");
	const shown = ada.page.locator("p.recovery-key");
	await expect(shown).toBeVisible();
	const recoveryKey = (await shown.textContent()) ?? "";
	await ada.page.getByRole("button", { name: "I’ve saved it" }).click();
	await expectChats(ada.page);

	const empty = await openBrowser(server.address);
	await empty.page.goto("/sign-in");
	await signIn(empty.page, ada.localpart, sharedPassword);
	await expectChats(empty.page);
	await empty.page.goto(chat);
	const locked = empty.page.getByRole("region", { name: "This device" });
	await expect(locked).toBeVisible();
	await expect(empty.message("Said long ago")).toHaveCount(0);
	await ben.send("Said meanwhile");
	await expect(empty.conversation.getByRole("article")).toHaveCount(2);
	await expect(empty.message("Said meanwhile")).toHaveCount(0);
	await expect.poll(backedUp).toBe(2);
	await empty.send("Written while it was locked");
	await empty.expectTick("Written while it was locked", "Waiting");
	await empty.page.getByRole("link", { name: "Approve it" }).click();
	await empty.page.getByRole("textbox", { name: "Recovery key" }).fill(recoveryKey.replace("Recovery key:", ""));
	await empty.page.getByRole("button", { name: "Open messages" }).click();
	await empty.page.getByRole("button", { name: "Open my chats" }).click();
	await empty.page.goto(chat);
	for (const words of ["Said long ago", "Said meanwhile"]) await expect(empty.message(words)).toBeVisible();
	await expect(locked).toHaveCount(0);
	await expect(ben.message("Written while it was locked")).toBeVisible();
	await ben.send("Said just now");
	await expect(empty.message("Said just now")).toBeVisible();
});
