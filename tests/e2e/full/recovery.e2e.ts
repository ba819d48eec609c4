import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { sharedPassword } from "../../server-process/add-people.ts";
import { expectChats, signIn, signUp } from "../support/account-screen.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { test } from "../support/kith-test.ts";
import { addVirtualAuthenticator } from "../support/virtual-authenticator.ts";
import { refusal } from "../support/watch-context.ts";

const password = "seven green bicycles";

test("a new account keeps its key, and a new browser opens with it what the first one had", async ({
	server,
	openBrowser,
}) => {
	const first = await openBrowser(server.address);
	await first.page.goto("/sign-up");
	await signUp(first.page, { name: "Rea", username: "rea.recovers", password });
	await expect(first.page).toHaveURL(/\/recovery-key$/);
	await expect(first.page.getByText("Tested just now")).toBeVisible();
	const downloading = first.page.waitForEvent("download");
	await first.page.getByRole("button", { name: "Save file" }).click();
	const file = await (await downloading).path();
	const recoveryKey = (await readFile(file, "utf8")).match(/^(\w{4} ){11}\w{4}$/m)?.[0] ?? "";
	await expect(first.page.locator("p.recovery-key")).toHaveText(new RegExp(recoveryKey.split(" ").join("\\s+")));
	await first.page.getByRole("button", { name: "I’ve saved it" }).click();
	await expectChats(first.page);

	const second = await openBrowser(server.address);
	await second.page.goto("/sign-in");
	await signIn(second.page, "rea.recovers", password);
	await expectChats(second.page);
	await second.page.getByRole("link", { name: "Approve it" }).click();
	const field = second.page.getByRole("textbox", { name: "Recovery key" });
	const open = second.page.getByRole("button", { name: "Open messages" });
	await field.fill(`${recoveryKey.slice(0, -2)}`);
	await open.click();
	await expect(second.page.getByText("some are missing, or too many")).toBeVisible();
	await second.page.getByLabel("Choose the saved file").setInputFiles(file);
	await expect(field).toHaveValue(recoveryKey);
	await open.click();
	await expect(second.page.getByRole("heading", { name: "Your messages are open" })).toBeVisible();
	await second.page.getByRole("button", { name: "Open my chats" }).click();
	await expectChats(second.page);
	await expect(second.page.getByRole("region", { name: "This device" })).toHaveCount(0);
	await second.page.goto("/you/devices");
	await expect(second.page.getByText("Verified", { exact: true })).toHaveCount(2);
});

test("who lost everything begins anew, once they have shown who they are", async ({
	server,
	makeAccounts,
	signIn: enter,
	openBrowser,
}) => {
	const [account] = await makeAccounts("lou");
	const lost = await enter(account);
	await lost.open("/you/devices");
	await expect(lost.page.getByText("Verified", { exact: true })).toHaveCount(1);
	await lost.page.context().close();

	const { page, watch } = await openBrowser(server.address);
	await page.goto("/sign-in");
	await signIn(page, account.localpart, sharedPassword);
	await page.getByRole("link", { name: "Approve it" }).click();
	await page.getByRole("button", { name: "I’ve lost everything" }).click();
	await expect(page.getByText("Messages from before stay locked, for good.")).toBeVisible();
	watch.allow(refusal);
	await page.getByRole("textbox", { name: "Your password" }).fill("not the password");
	await page.getByRole("button", { name: "Begin anew" }).click();
	await expect(page.getByText("That is not your password.")).toBeVisible();
	await page.getByRole("textbox", { name: "Your password" }).fill(sharedPassword);
	await page.getByRole("button", { name: "Begin anew" }).click();
	await expect(page.getByText("Tested just now")).toBeVisible();
	await page.getByRole("button", { name: "I’ve saved it" }).click();
	await expectChats(page);
	await page.goto("/you/devices");
	await expect(page.getByText("Verified", { exact: true })).toHaveCount(1);
	await expect(page.getByText("Not verified", { exact: false })).toHaveCount(1);
});

test("the screens of recovery are for everybody", async ({ server, makeAccounts, signIn: enter, openBrowser }) => {
	const [account] = await makeAccounts("ax");
	const member = await enter(account);
	await member.open("/recovery-key");
	await expect(member.page.getByText("Tested just now")).toBeVisible();
	expect(await findAxeFaults(member.page, "recovery key")).toEqual([]);
	await member.page.getByRole("button", { name: "QR code" }).click();
	expect(await findAxeFaults(member.page, "recovery key as QR")).toEqual([]);
	await member.page.getByRole("button", { name: "I’ve saved it" }).focus();
	await member.page.keyboard.press("Enter");
	await expectChats(member.page);
	const { page } = await openBrowser(server.address);
	await page.goto("/sign-in");
	await signIn(page, account.localpart, sharedPassword);
	await expect(page.getByRole("link", { name: "Approve it" })).toBeVisible();
	expect(await findAxeFaults(page, "locked bar")).toEqual([]);
	await page.goto("/unlock");
	await expect(page.getByRole("textbox", { name: "Recovery key" })).toBeVisible();
	expect(await findAxeFaults(page, "unlock")).toEqual([]);
	await page.getByRole("button", { name: "I’ve lost everything" }).click();
	await expect(page.getByRole("textbox", { name: "Your password" })).toBeVisible();
	expect(await findAxeFaults(page, "begin anew")).toEqual([]);
});

test("a passkey keeps a copy of the key, and opens everything after a sign-out", async ({ server, openBrowser }) => {
	const visitor = await openBrowser(server.address);
	const { page } = visitor;
	await addVirtualAuthenticator(page);
	await page.goto("/sign-up");
	await page.getByRole("textbox", { name: "Your name" }).fill("Pru");
	await page.getByRole("textbox", { name: "Username" }).fill("pru.prefers.passkeys");
	await page.getByRole("button", { name: "Create account" }).click();
	await expect(page).toHaveURL(/\/recovery-key$/);
	await page.getByRole("button", { name: "Keep a copy with my passkey" }).click();
	await expect(page.getByText("Your passkey opens it too.")).toBeVisible();
	await page.getByRole("button", { name: "I’ve saved it" }).click();
	await expectChats(page);

	const signOutAndIn = async (): Promise<void> => {
		await page.goto("/you");
		await page.getByRole("button", { name: "Sign out" }).click();
		await visitor.confirm("Sign out");
		await expectChats(page);
		await page.goto("/unlock");
	};
	await signOutAndIn();
	expect(await findAxeFaults(page, "unlock with a passkey")).toEqual([]);
	await page.getByRole("button", { name: "Open with my passkey" }).click();
	await expect(page.getByRole("heading", { name: "Your messages are open" })).toBeVisible();

	// A new key makes the copy worthless, and it is not offered any more.
	await page.goto("/recovery-key");
	await page.getByRole("button", { name: "I’ve saved it" }).click();
	await expectChats(page);
	await signOutAndIn();
	await expect(page.getByRole("textbox", { name: "Recovery key" })).toBeVisible();
	await expect(page.getByRole("button", { name: "Open with my passkey" })).toHaveCount(0);
});
