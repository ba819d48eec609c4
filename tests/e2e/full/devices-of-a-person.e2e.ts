import { expect } from "@playwright/test";
import { sharedPassword } from "../../server-process/add-people.ts";
import { askForApproval } from "../support/ask-for-approval.ts";
import { approveByEmoji } from "../support/compare-emoji.ts";
import { expectNothingKept } from "../support/kept-data.ts";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";
import { lostConnection, refusal } from "../support/watch-context.ts";

test("device deleted while offline: it reads nothing that is written from then on, and keeps nothing when it is back", async ({
	meet,
	openBrowser,
	server,
}) => {
	test.setTimeout(120_000);
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await ben.send("For both of hers");
	await expect(ada.message("For both of hers")).toBeVisible();
	const chat = new URL(ada.page.url()).pathname;
	const lost = await openBrowser(server.address);
	await askForApproval(lost, server.address, ada.localpart);
	await approveByEmoji(ada.page, lost.page);
	await lost.open(chat);
	await expect(lost.message("For both of hers")).toBeVisible();

	for (const kind of [lostConnection, refusal, /WebSocket/]) lost.watch.allow(kind);
	await lost.page.context().setOffline(true);
	await ada.page.goto("/you/devices");
	await ada.page.getByRole("button", { name: /^Sign out (?!everywhere)/ }).click();
	await ada.page.getByRole("dialog").getByRole("textbox", { name: "Your password" }).fill(sharedPassword);
	await ada.confirm("Sign out");
	await expect(ada.page.getByText("Nowhere else.")).toBeVisible();
	await ada.open(chat);
	await ben.send("For the one that is left");
	await expect(ada.message("For the one that is left")).toBeVisible();

	await lost.page.context().setOffline(false);
	await expect(lost.page).toHaveURL(/\/sign-in/, { timeout: 40_000 });
	await expectNothingKept(lost.page);
	await ada.send("Still here");
	await expect(ben.message("Still here")).toBeVisible();
});
