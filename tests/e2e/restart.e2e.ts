import { expect } from "@playwright/test";
import { comeBackAfter } from "./support/come-back.ts";
import { test } from "./support/kith-test.ts";
import { openDirectChat } from "./support/open-direct-chat.ts";
import { lostConnection } from "./support/watch-context.ts";

test("both come back by themselves after SIGKILL, with what was written meanwhile", ({ server, meet }) =>
	comeBackAfter("SIGKILL", { server, meet }));

test("what was written before a reload goes out after it", async ({ server, meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	for (const { watch } of [ada, ben]) watch.allow(lostConnection);
	await server.stop("SIGKILL");
	await expect(ada.netBar).toBeVisible();
	await ada.send("Kept over a reload");
	await ada.expectTick("Kept over a reload", "Waiting");
	await server.start();
	await ada.page.reload();
	await expect(ben.message("Kept over a reload")).toBeVisible({ timeout: 20_000 });
	for (const one of [ada, ben]) await one.expectTexts(["Kept over a reload"]);
});
