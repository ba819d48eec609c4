import { expect } from "@playwright/test";
import { signIn } from "../support/account-screen.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { type Member, test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";
import { refusal } from "../support/watch-context.ts";

test("the sign-in breaks no rule of WCAG A and AA", async ({ server, openBrowser }) => {
	const { page, watch } = await openBrowser(server.address, { reducedMotion: "reduce" });
	watch.allow(refusal);
	await page.goto("/sign-in");
	await signIn(page, "somebody", "not a password");
	await expect(page.getByText("Username and password don’t match.")).toBeVisible();
	expect(await findAxeFaults(page, "sign-in")).toEqual([]);
});

test("a conversation breaks no rule of WCAG A and AA", async ({ makeAccounts, signIn: enter }) => {
	const [adaAccount, benAccount] = await makeAccounts("ada", "ben");
	const ada = await enter(adaAccount, { reducedMotion: "reduce" });
	const ben = await enter(benAccount);
	for (const one of [ada, ben]) await one.open();
	await talk(ada, ben);
	expect(await findAxeFaults(ada.page, "conversation")).toEqual([]);
});

/** A conversation with everything that a message can be. */
async function talk(ada: Member, ben: Member): Promise<void> {
	await openDirectChat(ada, ben);
	await ben.send("Dinner tonight? https://example.org/menu");
	await ada.choose("Dinner tonight?", "Reply");
	await ada.send("See you at eight");
	await ben.choose("See you at eight", "React with 🎉");
	await ada.send("Wrong chat");
	await ada.choose("Wrong chat", "Delete");
	await ada.confirm("Delete");
	await ada.send("👋");
	await expect(ada.message("See you at eight").getByRole("button", { name: "🎉, 1 person" })).toBeVisible();
}
