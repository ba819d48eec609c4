import { expect } from "@playwright/test";
import { sharedPassword } from "../../server-process/add-people.ts";
import { expectChats, signIn } from "../support/account-screen.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { answerAndCompare, verifyEachOther } from "../support/compare-emoji.ts";
import { type Member, type OpenBrowser, test, type Visitor } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";

const heldBack = "nothing is sent until you have looked at it";

/** Ben has lost everything, and begins anew in another browser. */
async function beginAnew(openBrowser: OpenBrowser, origin: string, ben: Member): Promise<Visitor> {
	await ben.page.context().close();
	const fresh = await openBrowser(origin);
	const { page } = fresh;
	await page.goto("/sign-in");
	await signIn(page, ben.localpart, sharedPassword);
	await page.getByRole("link", { name: "Approve it" }).click();
	await page.getByRole("button", { name: "I’ve lost everything" }).click();
	await page.getByRole("textbox", { name: "Your password" }).fill(sharedPassword);
	await page.getByRole("button", { name: "Begin anew" }).click();
	await page.getByRole("button", { name: "I’ve saved it" }).click();
	await expectChats(page);
	await fresh.openChat("Ada");
	return fresh;
}

const markIn = (ada: Member) => ({
	row: ada.row("Ben").getByText("Verified by you"),
	head: ada.page.getByRole("main", { name: "Ben" }).locator("header").getByText("Verified by you"),
});

const noticeOf = ({ page }: Member) => page.getByText("Ben, whom you have verified, has a new identity.");

test("a verified person's new identity holds back what is written, until its reader goes on with it", async ({
	meet,
	openBrowser,
	server,
}) => {
	test.setTimeout(120_000);
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	const { row, head } = markIn(ada);
	await ada.send("From before");
	await expect(ben.message("From before")).toBeVisible();
	for (const mark of [row, head]) await expect(mark).toHaveCount(0);
	await verifyEachOther(ada, ben);
	for (const mark of [row, head]) await expect(mark).toHaveCount(1);
	expect(await findAxeFaults(ada.page, "a verified person")).toEqual([]);
	// It is there again after a reload, with nobody asked anew.
	await ada.page.reload();
	for (const mark of [row, head]) await expect(mark).toHaveCount(1);

	const fresh = await beginAnew(openBrowser, server.address, ben);
	await expect(noticeOf(ada)).toBeVisible({ timeout: 20_000 });
	for (const mark of [row, head]) await expect(mark).toHaveCount(0);
	expect(await findAxeFaults(ada.page, "a changed identity")).toEqual([]);
	await ada.composer.fill("Is that you?");
	await ada.composer.press("Enter");
	await expect(ada.message("Is that you?")).toContainText(heldBack);
	await fresh.send("Why is nobody writing?");
	await expect(ada.message("The sender’s identity has changed.")).toHaveCount(1);
	await expect(fresh.message("Is that you?")).toHaveCount(0);

	await ada.page.getByRole("button", { name: "Look at it" }).click();
	const look = ada.page.getByRole("dialog", { name: "Is this still Ben?" });
	await expect(look.getByText("vouched for by the new identity")).toHaveCount(1);
	expect(await findAxeFaults(ada.page, "a closer look")).toEqual([]);
	await look.getByRole("button", { name: "Cancel" }).click();
	await expect(noticeOf(ada)).toBeVisible();
	await ada.page.getByRole("button", { name: "Look at it" }).click();
	await look.getByRole("button", { name: "Go on without verifying" }).click();
	await expect(noticeOf(ada)).toHaveCount(0);
	await expect(fresh.message("Is that you?")).toBeVisible();
	await expect(ada.message("Is that you?")).not.toContainText(heldBack);
	await expect(ada.message("Why is nobody writing?")).toBeVisible();
	for (const mark of [row, head]) await expect(mark).toHaveCount(0);
});

test("a verified person's new identity is verified anew, and what was held back goes out", async ({
	meet,
	openBrowser,
	server,
}) => {
	test.setTimeout(120_000);
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	const { row, head } = markIn(ada);
	await ada.send("From before");
	await expect(ben.message("From before")).toBeVisible();
	await verifyEachOther(ada, ben);
	await expect(row).toHaveCount(1);

	const fresh = await beginAnew(openBrowser, server.address, ben);
	await expect(noticeOf(ada)).toBeVisible({ timeout: 20_000 });
	await ada.composer.fill("Held back");
	await ada.composer.press("Enter");
	await expect(ada.message("Held back")).toContainText(heldBack);
	await ada.page.getByRole("button", { name: "Look at it" }).click();
	await ada.page.getByRole("button", { name: "Verify each other" }).click();
	await answerAndCompare(ada.page, fresh.page);
	await expect(noticeOf(ada)).toHaveCount(0);
	await expect(fresh.message("Held back")).toBeVisible();
	for (const mark of [row, head]) await expect(mark).toHaveCount(1);
});
