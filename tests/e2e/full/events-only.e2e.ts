import { expect } from "@playwright/test";
import { enterAt } from "../support/enter-at.ts";
import { test } from "../support/kith-test.ts";
import { openPlainLine } from "../support/open-plain-line.ts";
import { lostConnection } from "../support/watch-context.ts";

test("where no socket opens, a conversation runs over server-sent events alone, and goes back to a socket when one does", async ({
	server,
	makeAccounts,
	openBrowser,
	signIn,
}) => {
	await using line = await openPlainLine(server.address);
	const [adaAccount, benAccount] = await makeAccounts("ada", "ben");
	const ada = await enterAt(openBrowser, line.address, adaAccount);
	ada.watch.allow(lostConnection);
	const ben = await signIn(benAccount);
	for (const one of [ada, ben]) await one.open();
	await expect.poll(() => line.refused).toBeGreaterThan(0);
	await ada.startDirectChat(ben.localpart);
	await ben.join("Ada");
	await ada.send("Over events");
	await expect(ben.message("Over events")).toBeVisible();
	await ada.expectTick("Over events", "Read");
	await ben.send("And back");
	await expect(ada.message("And back")).toBeVisible();
	await ben.expectTick("And back", "Read");
	await expect(ada.netBar).toHaveCount(0);
	await ada.page.reload();
	await ada.expectTexts(["Over events", "And back"]);

	const frames: string[] = [];
	ada.page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => frames.push(String(payload))));
	await expect.poll(() => line.streams).toBe(1);
	line.letSocketsThrough();
	await expect.poll(() => line.streams, { timeout: 30_000 }).toBe(0);
	await ben.send("By socket");
	await expect(ada.message("By socket")).toBeVisible();
	await ben.expectTick("By socket", "Read");
	expect(frames.some((frame) => frame.includes("m.megolm.v1.aes-sha2"))).toBe(true);
	await expect(ada.netBar).toHaveCount(0);
});
