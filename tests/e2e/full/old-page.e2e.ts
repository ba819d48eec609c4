import { expect, type Page } from "@playwright/test";
import { findAxeFaults } from "../support/axe-faults.ts";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";
import { lostConnection, refusal } from "../support/watch-context.ts";

const scripts = "**/_next/static/chunks/**";

/** Lets a page have no script more than it has; `end` is called to let it. */
async function withholdScripts(page: Page, how: "gone" | "silence") {
	let asked = 0;
	await page.route(scripts, (route) => {
		asked += 1;
		return how === "silence" ? route.abort("internetdisconnected") : route.fulfill({ status: 404, body: "" });
	});
	return { asked: () => asked, end: () => page.unroute(scripts) };
}

test("a page that is older than its server says so, and a reload sends what was written", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	for (const kind of [refusal, lostConnection]) ada.watch.allow(kind);
	// What sends encrypted messages is fetched with the first of them.
	const withheld = await withholdScripts(ada.page, "gone");
	await ada.send("Written on an old page");
	await expect(ada.netBar).toContainText("Your server has a newer version of Kith. What you wrote is kept.");
	await ada.expectTick("Written on an old page", "Waiting");
	await ada.composer.fill("And only begun");
	expect(await findAxeFaults(ada.page, "a page that is older than its server")).toEqual([]);

	await withheld.end();
	await ada.tabTo("button", "Reload");
	await ada.page.keyboard.press("Enter");
	await expect(ben.message("Written on an old page")).toBeVisible();
	await ada.expectTick("Written on an old page", "Read");
	await expect(ada.netBar).toHaveCount(0);
	await expect(ada.composer).toHaveValue("And only begun");
});

test("a page whose scripts no network brings is none that is old: it goes on by itself", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	ada.watch.allow(lostConnection);
	const withheld = await withholdScripts(ada.page, "silence");
	await ada.send("Into the tunnel");
	await ada.expectTick("Into the tunnel", "Waiting");
	await expect.poll(withheld.asked).toBeGreaterThan(6);
	await expect(ada.page.getByText("Your server has a newer version of Kith.")).toHaveCount(0);

	await withheld.end();
	await expect(ben.message("Into the tunnel")).toBeVisible({ timeout: 60_000 });
	await ada.expectTick("Into the tunnel", "Read");
});
