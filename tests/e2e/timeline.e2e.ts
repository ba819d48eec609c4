import { expect } from "@playwright/test";
import { fillChat } from "./support/fill-chat.ts";
import { test } from "./support/kith-test.ts";
import { prependJump } from "./support/prepend-jump.ts";
import { refusal } from "./support/watch-context.ts";

test("older messages come without moving what is read, and only what is near is drawn", async ({
	server,
	makeAccounts,
	signIn,
}) => {
	const [owner, other] = await makeAccounts("ada", "ben");
	const chat = await fillChat({ address: server.address, owner, other, name: "Long talk", count: 240 });
	const ada = await signIn(owner);
	await ada.open(chat.path);
	await expect(ada.message("Message 240.")).toBeVisible();
	// There are five older pages: up to two come by themselves where a screen holds what was here first.
	for (let page = 0; page < 3; page += 1) expect(await prependJump(ada.page)).toBeLessThanOrEqual(3);
	// The first key leads to the first message that is here; a page that was still on its way comes in front of it.
	await expect(async () => {
		await ada.page.locator(".timeline").press("Home");
		await expect(ada.message("Message 1.")).toBeVisible({ timeout: 2_000 });
	}).toPass();
	expect(await ada.page.locator(".timeline *").count()).toBeLessThanOrEqual(1500);
	await ada.page.getByRole("button", { name: "To the newest message" }).click();
	await expect(ada.message("Message 240.")).toBeVisible();
	await expect(ada.page.getByRole("button", { name: "To the newest message" })).toHaveCount(0);
});

test("a link leads to a message far back, and on from there to the newest", async ({
	server,
	makeAccounts,
	signIn,
}) => {
	const [owner, other] = await makeAccounts("ada", "ben");
	const chat = await fillChat({ address: server.address, owner, other, name: "Long talk", count: 160 });
	const ada = await signIn(owner);
	const goal = `${chat.path}/${encodeURIComponent(chat.eventIds[19] ?? "")}`;
	await ada.open(goal);
	await expect(ada.message("Message 20.")).toBeInViewport();
	await expect(ada.message("Message 20.")).toBeFocused();
	await expect(ada.message("Message 160.")).toHaveCount(0);

	await ada.send("Still true");
	await expect(ada.message("Still true")).toBeInViewport();
	await expect(ada.page).toHaveURL(chat.path);
	ada.watch.allow(refusal);
	await ada.page.goto(`${chat.path}/$nothing`);
	await expect(ada.page.getByText("That message isn’t here.")).toBeVisible();
	await expect(ada.message("Still true")).toBeVisible();
});
