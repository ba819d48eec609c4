import { expect } from "@playwright/test";
import { enterAt } from "../support/enter-at.ts";
import { holdSockets } from "../support/held-socket.ts";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";
import { openPlainLine } from "../support/open-plain-line.ts";
import { lostConnection } from "../support/watch-context.ts";

test("a server that stops is tried again until it is there, and what was written goes out", async ({
	server,
	meet,
}) => {
	const [ada, ben] = await meet("ada", "ben");
	for (const { watch } of [ada, ben]) watch.allow(lostConnection);
	await openDirectChat(ada, ben);
	await ada.send("Before");
	await expect(ben.message("Before")).toBeVisible();
	const placeOfMessage = () => ada.message("Before").evaluate((one) => one.getBoundingClientRect().bottom);
	const before = await placeOfMessage();

	await server.stop("SIGTERM");
	await expect(ada.netBar).toContainText(/Reconnecting in \d+ second/);
	// The seconds are for the eye: a reader hears once what is the matter.
	const said = ada.page.getByRole("status").filter({ hasText: "connection" });
	await expect(said).toHaveText("No connection to your server. What you send waits here and goes out by itself.");
	expect(Math.abs((await placeOfMessage()) - before)).toBeLessThanOrEqual(3);
	await ada.send("While it was down");
	await ada.expectTick("While it was down", "Waiting");

	await server.start();
	await expect(ada.netBar).toContainText("Connected again", { timeout: 40_000 });
	await expect(ada.netBar).toHaveCount(0);
	await expect(ben.message("While it was down")).toBeVisible({ timeout: 40_000 });
	for (const one of [ada, ben]) await one.expectTexts(["Before", "While it was down"]);
});

test("who does not want to wait for the next try has it made at once", async ({
	server,
	makeAccounts,
	openBrowser,
}) => {
	await using line = await openPlainLine(server.address);
	const [account] = await makeAccounts("ada");
	const ada = await enterAt(openBrowser, line.address, account);
	ada.watch.allow(lostConnection);
	// Only a socket brings it back here.
	await ada.page.route("**/api/trpc/sync.subscribe**", (route) => route.abort());
	await ada.page.goto("/chat");
	await expect(ada.netBar).toContainText(/Reconnecting in (8|9|1\d) seconds/, { timeout: 40_000 });
	line.letSocketsThrough();
	await ada.netBar.getByRole("button", { name: "Try now" }).click();
	await expect(ada.netBar).toContainText("Connected again", { timeout: 6_000 });
	await expect(ada.netBar).toHaveCount(0);
});

test("a first connection that takes its time is said, and a start without a network goes on when it is back", async ({
	meet,
}) => {
	const [ada, ben] = await meet("ada", "ben");
	ada.watch.allow(lostConnection);
	await openDirectChat(ada, ben);
	const context = ada.page.context();
	const sockets = await holdSockets(context);
	sockets.cut();
	let isSilent = true;
	const held: (() => Promise<void>)[] = [];
	await context.route("**/api/trpc/**", async (route) => {
		if (!isSilent) await route.fallback();
		else held.push(() => route.abort());
	});
	await ada.page.reload();
	await expect(ada.netBar).toContainText("Connecting to your server");
	for (const fail of held.splice(0)) await fail();
	await expect(ada.netBar).toContainText("Reconnecting");

	await context.setOffline(true);
	await expect(ada.netBar).toContainText("You’re offline.");
	sockets.release();
	isSilent = false;
	await context.setOffline(false);
	await expect(ada.netBar).toHaveCount(0);
	await ben.send("Welcome back");
	await expect(ada.message("Welcome back")).toBeVisible();
});

test("a chat whose script cannot be fetched opens once it can", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	ada.watch.allow(/ERR_FAILED/);
	await openDirectChat(ada, ben);
	await ben.send("Long awaited");
	await expect(ada.message("Long awaited")).toBeVisible();
	let refused = 0;
	let mayPass = false;
	await ada.page.route("**/_next/static/chunks/*.js", async (route) => {
		if (mayPass) return route.continue();
		const response = await route.fetch();
		const drawsChat = (await response.text()).includes('"data-open"');
		if (!drawsChat) return route.fulfill({ response });
		refused += 1;
		return route.abort();
	});
	await ada.page.reload();
	await expect.poll(() => refused).toBeGreaterThan(0);
	await expect(ada.page.locator("main.chat .bone-name")).toBeVisible();
	mayPass = true;
	await expect(ada.message("Long awaited")).toBeVisible({ timeout: 20_000 });
});
