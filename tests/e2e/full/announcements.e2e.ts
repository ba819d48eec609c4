import { expect, type Page } from "@playwright/test";
import { createHttpCaller } from "../../server-process/http-caller.ts";
import { test } from "../support/kith-test.ts";
import { openDirectChat, openPlainChat } from "../support/open-direct-chat.ts";
import { lostConnection, refusal } from "../support/watch-context.ts";

test("the accessibility tree holds a log of articles that name sender, time and state", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await ada.send("Is the kettle on?");
	await expect(ben.message("Is the kettle on?")).toBeVisible();
	await ben.send("It is");
	await expect(ada.message("It is")).toBeVisible();
	await ada.expectTick("Is the kettle on?", "Read");
	const log = await readLog(ada.page);
	// What scrolls in and out of it is no news: news is said by the polite region beside it.
	expect(log.live).toBe("off");
	expect(log.politeRegions).toBeGreaterThan(0);
	expect(log.name).toBe("Messages");
	const [own, other] = log.articles.slice(-2);
	expect(own).toMatch(/^You, .*, Read$/);
	expect(other).toMatch(/^Ben, /);
	expect(log.texts).toEqual(expect.arrayContaining(["Is the kettle on?", "It is"]));
});

test("a message of somebody else is said once, and a flood of them in a few words", async ({ server, meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openPlainChat(ada, ben);
	await ada.send("Hello");
	await expect(ben.message("Hello")).toBeVisible();
	await listen(ada.page);
	await ben.send("A single message");
	// That he writes is said as well, if he does for long enough to be seen.
	const messages = async () => (await heard(ada.page)).filter((words) => words !== "typing…");
	await expect.poll(messages).toHaveLength(1);
	expect((await messages())[0]).toMatch(/Ben.*A single message/s);

	const caller = createHttpCaller(server.address, ben.account.cookie);
	const roomId = roomOf(ben.page);
	const bodies = Array.from({ length: 30 }, (_, index) => `Flood ${index}`);
	for (const [index, body] of bodies.entries()) {
		await caller.mutate("messages.send", { roomId, transactionId: `flood.${index}`, body });
	}
	caller.close();
	await expect(ada.message("Flood 29")).toBeVisible();
	await expect.poll(async () => (await heard(ada.page)).length).toBeGreaterThan(1);
	await ada.send("My own words are not read to me");
	// Everything that came within a second is said in one go, so thirty messages are never thirty announcements.
	expect((await heard(ada.page)).length).toBeLessThan(10);
	expect((await heard(ada.page)).join(" ")).not.toContain("My own words");
});

test("that somebody writes is said once, however long they do", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await listen(ada.page);
	// Longer than what a client repeats it after.
	await ben.composer.pressSequentially("This will take me a little while", { delay: 250 });
	await ben.composer.press("Enter");
	await expect(ada.message("This will take me")).toBeVisible();
	await expect.poll(() => heard(ada.page)).toHaveLength(2);
	const [typing, message] = await heard(ada.page);
	expect(typing).toBe("typing…");
	expect(message).toMatch(/Ben.*This will take me a little while/s);
});

test("that a message was refused is said once, with the reason", async ({ server, meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await ben.startGroup("Walkers", [ada.localpart]);
	await ada.join("Walkers");
	ada.watch.allow(lostConnection);
	ada.watch.allow(refusal);
	await ada.page.context().setOffline(true);
	await expect(ada.netBar).toBeVisible();
	await ada.send("Wait for me");
	const caller = createHttpCaller(server.address, ben.account.cookie);
	await caller.mutate("rooms.kick", { roomId: roomOf(ben.page), userId: ada.account.userId });
	caller.close();
	await listen(ada.page);
	await ada.page.context().setOffline(false);
	await expect(ada.message("Wait for me").getByRole("button", { name: "Retry" })).toBeVisible({ timeout: 40_000 });
	const refusals = async () => (await heard(ada.page)).filter((words) => words.includes("Not sent"));
	await expect.poll(refusals).toHaveLength(1);
	expect((await refusals())[0]).toMatch(/^Not sent: \S/);
});

test("nothing is said while somebody scrolls through the past", async ({ server, meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openPlainChat(ada, ben);
	const roomId = roomOf(ben.page);
	const caller = createHttpCaller(server.address, ben.account.cookie);
	for (let index = 0; index < 120; index += 1) {
		await caller.mutate("messages.send", { roomId, transactionId: `past.${index}`, body: `Page ${index}` });
	}
	caller.close();
	await ada.page.reload();
	// It opens where the unread ones begin, if it had not yet read them all.
	await expect(async () => {
		const toNewest = ada.page.getByRole("button", { name: "To the newest message" });
		if (await toNewest.isVisible()) await toNewest.click();
		await expect(ada.message("Page 119")).toBeVisible({ timeout: 2_000 });
	}).toPass();
	await listen(ada.page);
	await ada.conversation.hover();
	while ((await ada.message("Page 0").count()) === 0) await ada.page.mouse.wheel(0, -400);
	while ((await ada.message("Page 119").count()) === 0) await ada.page.mouse.wheel(0, 400);
	const said = await heard(ada.page);
	// The newest may have come after the page was kept by the browser, and are news then.
	expect(said.filter((words) => /Page \d{1,2}\b/.test(words))).toEqual([]);
});

function roomOf(page: Page): string {
	return decodeURIComponent(new URL(page.url()).pathname.split("/")[2] ?? "");
}

interface LogNode {
	readonly name: string;
	readonly live: string;
	readonly politeRegions: number;
	readonly articles: readonly string[];
	readonly texts: readonly string[];
}

/** The timeline as the browser hands it to a screen reader. */
async function readLog(page: Page): Promise<LogNode> {
	const devtools = await page.context().newCDPSession(page);
	const { nodes } = await devtools.send("Accessibility.getFullAXTree");
	const log = nodes.find(({ role }) => role?.value === "log");
	const liveOf = (node: (typeof nodes)[number] | undefined): unknown =>
		node?.properties?.find(({ name }) => name === "live")?.value.value;
	const regions = nodes.filter((node) => node.role?.value === "status" && liveOf(node) === "polite");
	const articles = nodes.filter(({ role, ignored }) => role?.value === "article" && !ignored);
	return {
		name: String(log?.name?.value),
		// A region that is off has no such property.
		live: String(liveOf(log) ?? "off"),
		politeRegions: regions.length,
		articles: articles.map(({ name }) => String(name?.value)),
		texts: nodes.filter(({ role }) => role?.value === "StaticText").map(({ name }) => String(name?.value)),
	};
}

/** From now on keeps what a screen reader would say by itself: text that is added to a live region that is not off. */
async function listen(page: Page): Promise<void> {
	await page.evaluate(() => {
		const said: string[] = [];
		Reflect.set(window, "saidByItself", said);
		const implied: Readonly<Record<string, string>> = { log: "polite", status: "polite", alert: "assertive" };
		const levelOf = (one: Element): string => {
			const region = one.closest("[aria-live], [role=log], [role=status], [role=alert]");
			return region?.getAttribute("aria-live") ?? implied[region?.getAttribute("role") ?? ""] ?? "off";
		};
		const isBusy = (one: Element): boolean => one.closest("[aria-busy=true]") !== null;
		new MutationObserver((changes) => {
			for (const { target, addedNodes, type } of changes) {
				const element = target instanceof Element ? target : target.parentElement;
				if (element === null || levelOf(element) === "off" || isBusy(element)) continue;
				const words = type === "characterData" ? [target.textContent] : [...addedNodes].map((node) => node.textContent);
				said.push(...words.filter((text) => text !== null && text.trim() !== "").map(String));
			}
		}).observe(document.body, { subtree: true, childList: true, characterData: true });
	});
}

function heard(page: Page): Promise<readonly string[]> {
	return page.evaluate(() => Reflect.get(window, "saidByItself") as string[]);
}
