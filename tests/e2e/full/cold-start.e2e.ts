import { expect, type Page } from "@playwright/test";
import { holdSockets } from "../support/held-socket.ts";
import { expectKept, expectNothingKept } from "../support/kept-data.ts";
import { type Member, test } from "../support/kith-test.ts";
import { openPlainChat } from "../support/open-direct-chat.ts";
import { lostConnection, refusal } from "../support/watch-context.ts";

/** The server answers with its pages and with nothing else. */
async function silenceServer(one: Member) {
	one.watch.allow(lostConnection);
	const context = one.page.context();
	const sockets = await holdSockets(context);
	sockets.cut();
	await context.route("**/api/**", (route) => route.abort());
	return async () => {
		sockets.release();
		await context.unroute("**/api/**");
	};
}

test("the list and the open chat are there before the server answers, and what is missing comes after", async ({
	meet,
}) => {
	const [ada, ben] = await meet("ada", "ben");
	await openPlainChat(ada, ben);
	await ada.send("The first thing");
	await ben.send("And the second");
	await expect(ada.message("And the second")).toBeVisible();
	await expectKept(ada.page, "And the second");
	const letServerAnswer = await silenceServer(ada);

	await ada.page.reload();
	await expect(ada.row("Ben")).toContainText("And the second");
	await ada.expectTexts(["The first thing", "And the second"]);
	await ada.send("Written into the dark");
	await ada.expectTick("Written into the dark", "Waiting");
	await ben.send("Sent meanwhile");

	await letServerAnswer();
	await expect(ada.message("Sent meanwhile")).toBeVisible({ timeout: 40_000 });
	await expect(ben.message("Written into the dark")).toBeVisible();
	for (const one of [ada, ben]) {
		await one.expectTexts(["The first thing", "And the second", "Sent meanwhile", "Written into the dark"]);
	}
});

test("a reload goes on from where the page was", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openPlainChat(ada, ben);
	await ben.send("Before the reload");
	await expect(ada.message("Before the reload")).toBeVisible();
	await expectKept(ada.page, "Before the reload");
	const asked: string[] = [];
	ada.page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => asked.push(String(payload))));
	await ada.page.reload();
	await ben.send("After the reload");
	await expect(ada.message("After the reload")).toBeVisible();
	expect(asked.filter((frame) => frame.includes("sync.subscribe")).join()).toContain("lastEventId");
	await ada.expectTexts(["Before the reload", "After the reload"]);
});

test("what is damaged or too old is dropped and built anew", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openPlainChat(ada, ben);
	await ada.send("Still on the server");
	for (const damage of [
		{ store: "head", change: { format: 0 } },
		{ store: "rooms", change: { names: 7 } },
		{ store: "timelines", change: { foldedTo: 7 } },
		// A token of a stream that the server does not know.
		{ store: "head", change: { position: "999999999999" } },
	]) {
		await expectKept(ada.page, "Still on the server");
		await ada.page.goto("/sign-up");
		await spoil(ada.page, damage);
		await ada.page.goBack();
		await expect(ada.message("Still on the server")).toBeVisible();
		await expect(ada.row("Ben")).toContainText("Still on the server");
	}
	await ben.send("And it goes on");
	await ada.expectTexts(["Still on the server", "And it goes on"]);
});

test("signing out leaves nothing behind, in no window", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openPlainChat(ada, ben);
	await ada.send("A secret");
	await expectKept(ada.page, "A secret");
	const window = await ada.page.context().newPage();
	await window.goto("/you");
	// A call of the other window that was under way is refused.
	ada.watch.allow(refusal);
	await window.getByRole("button", { name: "Sign out" }).click();
	await window.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
	for (const page of [window, ada.page]) {
		await expect(page).toHaveURL(/\/sign-in/);
		await expectNothingKept(page);
	}
});

interface Damage {
	readonly store: string;
	readonly change: Readonly<Record<string, unknown>>;
}

/** Changes every record of a store. */
async function spoil(page: Page, damage: Damage): Promise<void> {
	await page.evaluate(async ({ store, change }) => {
		const done = <T>(request: IDBRequest<T>): Promise<T> =>
			new Promise((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		const name = (await indexedDB.databases())[0]?.name ?? "";
		const db = await done(indexedDB.open(name));
		const records = db.transaction(store, "readwrite").objectStore(store);
		const [keys, values] = await Promise.all([done(records.getAllKeys()), done(records.getAll())]);
		for (const [index, value] of values.entries()) {
			const isKeyed = records.keyPath !== null;
			await done(records.put({ ...value, ...change }, isKeyed ? undefined : keys[index]));
		}
		db.close();
	}, damage);
}
