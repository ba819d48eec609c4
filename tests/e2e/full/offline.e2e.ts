import { expect } from "@playwright/test";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";
import { lostConnection } from "../support/watch-context.ts";

test("what is written without a network goes out when it is back, once and in order", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	ada.watch.allow(lostConnection);
	await openDirectChat(ada, ben);
	await ada.page.context().setOffline(true);
	await expect(ada.netBar).toBeVisible();
	const written = ["Into the tunnel", "Still in the tunnel", "Nearly out"];
	for (const text of written) await ada.send(text);
	await ben.send("Are you on the train?");
	await ben.expectTick("Are you on the train?", "Sent");
	await expect(ada.message("Are you on the train?")).toHaveCount(0);

	await ada.page.context().setOffline(false);
	await expect(ada.netBar).toHaveCount(0, { timeout: 40_000 });
	await expect(ben.message("Nearly out")).toBeVisible({ timeout: 40_000 });
	for (const one of [ada, ben]) await one.expectTexts(["Are you on the train?", ...written]);
});

test("a page that lost its network for long catches up without a reload", async ({ meet }) => {
	test.setTimeout(120_000);
	const [ada, ben] = await meet("ada", "ben");
	ada.watch.allow(lostConnection);
	await openDirectChat(ada, ben);
	// Only what is near the screen is drawn: on this one that is all of it.
	await ada.page.setViewportSize({ width: 1280, height: 2000 });
	await ada.page.context().setOffline(true);
	await expect(ada.netBar).toBeVisible();
	const texts = Array.from({ length: 30 }, (_, index) => `Postcard number ${index + 1}.`);
	for (const text of texts) await ben.send(text);
	await ada.page.context().setOffline(false);
	// High enough for all of them to be drawn.
	await ada.page.setViewportSize({ width: 1280, height: 1600 });
	await expect(ada.message("Postcard number 30.")).toBeVisible({ timeout: 40_000 });
	await ada.expectTexts(texts);
});
