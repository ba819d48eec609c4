import type { Page } from "@playwright/test";
import { sharedPassword } from "../../server-process/add-people.ts";
import { expectChats, signIn } from "./account-screen.ts";
import type { Visitor } from "./kith-test.ts";

/** Signs a person in with a browser of theirs that has nothing yet, and has it ask their other devices to approve it. */
export async function askForApproval({ page }: Visitor, origin: string, localpart: string): Promise<Page> {
	await page.goto(`${origin}/sign-in`);
	await signIn(page, localpart, sharedPassword);
	await expectChats(page);
	await page.getByRole("link", { name: "Approve it" }).click();
	await page.getByRole("button", { name: "Approve on your other device" }).click();
	return page;
}
