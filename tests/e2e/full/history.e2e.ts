import { expect } from "@playwright/test";
import { test } from "../support/kith-test.ts";

test("what was written to somebody before they ever signed in is read when they come, though its writer began anew", async ({
	makeAccounts,
	signIn,
}) => {
	const [adaAccount, benAccount] = await makeAccounts("ada", "ben");
	const ada = await signIn(adaAccount);
	await ada.open();
	await ada.startDirectChat(benAccount.localpart);
	await ada.send("Are you there?");
	await ada.expectTick("Are you there?", "Sent");
	// Whom she owes the keys to is not forgotten with the page, nor with its engine.
	const chat = ada.page.url();
	await ada.page.goto("about:blank");
	await ada.page.goto(chat);
	await ada.send("Write when you are");
	await ada.expectTick("Write when you are", "Sent");

	const ben = await signIn(benAccount);
	await ben.open();
	await ben.join("Ada");
	for (const words of ["Are you there?", "Write when you are"]) await expect(ben.message(words)).toBeVisible();
	await ben.send("Here I am");
	await expect(ada.message("Here I am")).toBeVisible();
});

test("who is invited into a group reads what was said in it before", async ({ meet }) => {
	const [ada, ben, cleo] = await meet("ada", "ben", "cleo");
	await ada.startGroup("Harbour", [cleo.localpart]);
	await cleo.join("Harbour");
	await ada.send("The boat leaves at nine");
	await cleo.send("I bring the rope");
	await expect(ada.message("I bring the rope")).toBeVisible();
	await ada.openInfo();
	await ada.info.getByRole("button", { name: "Invite someone" }).click();
	await ada.page.getByRole("dialog").getByRole("searchbox").fill(ben.localpart);
	await ada.page.getByRole("dialog").getByText(`@${ben.localpart}:`).click();
	await ben.join("Harbour");
	await expect(ben.message("The boat leaves at nine")).toBeVisible();
	await expect(ben.message("I bring the rope")).toBeVisible();
	await ben.send("I am in");
	for (const one of [ada, cleo]) await expect(one.message("I am in")).toBeVisible();
});
