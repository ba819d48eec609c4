import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { sharedPassword } from "../../server-process/add-people.ts";
import { openServerDatabase } from "../../server-process/server-database.ts";
import { expectChats, signIn } from "../support/account-screen.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { type Member, test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";
import { refusal } from "../support/watch-context.ts";

const roomOf = (page: Page): string => decodeURIComponent(new URL(page.url()).pathname.split("/")[2] ?? "");

/** The direct chat of two people, encrypted, in which each has read the other. */
async function openEncryptedChat(ada: Member, ben: Member): Promise<void> {
	await openDirectChat(ada, ben);
	await ada.page.evaluate(async (roomId) => {
		await fetch("/api/trpc/rooms.enableEncryption", {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ roomId }),
		});
	}, roomOf(ada.page));
	for (const one of [ada, ben]) await expectVerified(one);
	await ada.send("From before");
	await expect(ben.message("From before")).toBeVisible();
	await ben.send("Read by both");
	await expect(ada.message("Read by both")).toBeVisible();
}

/** The person's identity vouches for the device, at the server. */
async function expectVerified({ page, account }: Member): Promise<void> {
	const vouchedFor = (): Promise<boolean> =>
		page.evaluate(async (userId) => {
			const response = await fetch("/api/trpc/keys.query", {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify({ device_keys: { [userId]: [] } }),
			});
			const devices: { signatures: Record<string, object> }[] = Object.values(
				(await response.json()).result.data.device_keys[userId] ?? {},
			);
			return devices.some(({ signatures }) => Object.keys(signatures[userId] ?? {}).length > 1);
		}, account.userId);
	await expect.poll(vouchedFor).toBe(true);
}

const troubleBar = (page: Page) => page.getByRole("region", { name: "Encryption in this browser" });

test("a browser that emptied the store of keys leads back in, and nothing that the server has is lost", async ({
	meet,
}) => {
	const [ada, ben] = await meet("ada", "ben");
	const { page } = ada;
	await openEncryptedChat(ada, ben);
	const chat = page.url();
	const recoveryKey = await keepRecoveryKey(page);
	// The browser throws the store away while nobody looks; the session's cookie stays.
	ada.watch.allow(refusal);
	await page.goto("/crypto-engine/worker.js");
	await ben.send("While it was gone");
	await page.evaluate(async () => {
		for (const { name } of await indexedDB.databases()) {
			if (name?.startsWith("kith crypto")) indexedDB.deleteDatabase(name);
		}
	});
	await ada.open(chat);
	await expect(troubleBar(page)).toContainText("This browser has lost the keys to your messages.");
	await ada.send("Written without keys");
	await ada.expectTick("Written without keys", "Waiting");
	expect(await findAxeFaults(page, "keys that were lost")).toEqual([]);

	await troubleBar(page).getByRole("button", { name: "Sign in again" }).click();
	const dialog = page.getByRole("dialog", { name: "Sign in again?" });
	await expect(dialog).toContainText("Nothing that your server has is lost");
	expect(await findAxeFaults(page, "signing in again")).toEqual([]);
	await dialog.getByRole("button", { name: "Sign in again" }).click();
	await expect(page).toHaveURL(/\/sign-in/);
	await signIn(page, ada.localpart, sharedPassword);
	await page.getByRole("textbox", { name: "Recovery key" }).fill(recoveryKey);
	await page.getByRole("button", { name: "Open messages" }).click();
	await page.getByRole("button", { name: "Open my chats" }).click();
	await expectChats(page);
	await expect(troubleBar(page)).toHaveCount(0);
	await ada.open(chat);
	for (const words of ["From before", "Read by both", "While it was gone"]) {
		await expect(ada.message(words)).toBeVisible();
	}
	// What waited goes out by the new device.
	await expect(ben.message("Written without keys")).toBeVisible({ timeout: 40_000 });
	await ben.send("Good to have you back");
	await expect(ada.message("Good to have you back")).toBeVisible();
});

/** Makes a recovery key, and waits until what it opens is backed up. */
async function keepRecoveryKey(page: Page): Promise<string> {
	await page.goto("/recovery-key");
	await expect(page.getByText("Tested just now")).toBeVisible();
	const downloading = page.waitForEvent("download");
	await page.getByRole("button", { name: "Save file" }).click();
	const file = await readFile(await (await downloading).path(), "utf8");
	await page.getByRole("button", { name: "I’ve saved it" }).click();
	await expectChats(page);
	// Keys are gathered for a second before they go into the backup.
	await expect.poll(() => backedUp(page)).toBeGreaterThanOrEqual(2);
	return file.match(/^(\w{4} ){11}\w{4}$/m)?.[0] ?? "";
}

const backedUp = (page: Page): Promise<number> =>
	page.evaluate(async () => {
		const response = await fetch("/api/trpc/keyBackup.version?input=%7B%7D");
		return (await response.json()).result?.data.count ?? 0;
	});

test("a device without room says so; what came is opened, and what was written sent, as soon as there is some", async ({
	meet,
}) => {
	test.setTimeout(180_000);
	const [ada, ben] = await meet("ada", "ben");
	const { page } = ada;
	await openEncryptedChat(ada, ben);
	const chat = page.url();
	const setFull = await fillDevice(page);
	await ada.open(chat);
	await expect(ada.message("Read by both")).toBeVisible();
	await setFull(true);
	await ada.composer.fill("No room for a key");
	await ada.composer.press("Enter");
	await expect(troubleBar(page)).toContainText("There is no room left on this device.", { timeout: 40_000 });
	await ada.expectTick("No room for a key", "Waiting");
	expect(await findAxeFaults(page, "a device without room")).toEqual([]);
	await setFull(false);
	await expect(ben.message("No room for a key")).toBeVisible({ timeout: 90_000 });
	await ben.send("Now there is some");
	await expect(ada.message("Now there is some")).toBeVisible({ timeout: 60_000 });
	await expect(troubleBar(page)).toHaveCount(0);
});

/** Lets the engine keep things, or nothing more, from the next page on: engines that start meanwhile find it as it is. */
async function fillDevice(page: Page): Promise<(isFull: boolean) => Promise<void>> {
	let isFull = false;
	const refuse = (full: boolean): void => {
		let hasNoRoom = full;
		new BroadcastChannel("room").onmessage = ({ data }) => {
			hasNoRoom = data;
		};
		const { put } = IDBObjectStore.prototype;
		IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...record: Parameters<typeof put>) {
			if (hasNoRoom) throw new DOMException("Quota exceeded.", "QuotaExceededError");
			return put.apply(this, record);
		};
	};
	await page.context().addInitScript(() => Reflect.deleteProperty(window, "SharedWorker"));
	await page.context().route("**/crypto-engine/worker.js", async (route) => {
		const response = await route.fetch();
		await route.fulfill({ response, body: `(${refuse})(${isFull});${await response.text()}` });
	});
	return async (next) => {
		isFull = next;
		await page.evaluate((full) => new BroadcastChannel("room").postMessage(full), next);
	};
}

test("a browser that keeps nothing says why messages stay closed, and shows the rest", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	const { page } = ada;
	await openEncryptedChat(ada, ben);
	const chat = page.url();
	// As a private window, or a person who forbade it: neither pages nor workers get a database.
	const forbid = (): void => {
		const refuse = (): never => {
			throw new DOMException("The user denied permission to access the database.", "SecurityError");
		};
		Object.defineProperty(globalThis, "indexedDB", {
			value: { open: refuse, deleteDatabase: refuse, databases: refuse },
		});
	};
	await page.context().addInitScript(() => Reflect.deleteProperty(window, "SharedWorker"));
	await page.context().addInitScript(forbid);
	await page.context().route("**/crypto-engine/worker.js", async (route) => {
		const response = await route.fetch();
		await route.fulfill({ response, body: `(${forbid})();${await response.text()}` });
	});
	await ada.open(chat);
	await expect(troubleBar(page)).toContainText("This browser keeps nothing for this site");
	await expect(ada.message("This browser can’t open encrypted messages.").first()).toBeVisible();
	await expect(ada.row("Ben")).toBeVisible();
	expect(await findAxeFaults(page, "a browser that keeps nothing")).toEqual([]);
});

test("who had too much waiting for a device is told on the security page", async ({ meet, server }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await expectVerified(ada);
	await expectVerified(ben);
	await using database = await openServerDatabase(server.dataFolder);
	await database.query(
		`INSERT INTO dropped_to_device (user_id, device_id, count)
			SELECT user_id, device_id, 3 FROM device_keys WHERE user_id = $1`,
		[ada.account.userId],
	);
	await ada.page.evaluate(async (roomId) => {
		await fetch("/api/trpc/rooms.enableEncryption", {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ roomId }),
		});
	}, roomOf(ada.page));
	await ben.send("With a key of its own");
	await expect(ada.message("With a key of its own")).toBeVisible();
	await ada.open("/you/security");
	await expect(ada.page.getByText("3 messages to this device were dropped")).toBeVisible();
	await ada.page.reload();
	await expect(ada.page.getByText("3 messages to this device were dropped")).toBeVisible();
});
