import { expect, type Page } from "@playwright/test";
import { sharedPassword } from "../server-process/add-people.ts";
import { openServerDatabase, tablesWith } from "../server-process/server-database.ts";
import { expectChats, signIn as signInAtScreen } from "./support/account-screen.ts";
import { findAxeFaults } from "./support/axe-faults.ts";
import { countKept, keeps } from "./support/kept-data.ts";
import { type Member, test } from "./support/kith-test.ts";
import { openDirectChat, openPlainChat } from "./support/open-direct-chat.ts";

interface OwnKeys {
	readonly devices: readonly string[];
	readonly vouchedFor: readonly string[];
	readonly hasIdentity: boolean;
}

/** What the server hands out of the keys of whoever is signed in. */
const ownKeys = (page: Page): Promise<OwnKeys> =>
	page.evaluate(async () => {
		const me = (await (await fetch("/api/trpc/accounts.me")).json()).result.data;
		const response = await fetch("/api/trpc/keys.query", {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ device_keys: { [me.userId]: [] } }),
		});
		const answer = (await response.json()).result.data;
		const devices: Record<string, { signatures: Record<string, object> }> = answer.device_keys[me.userId] ?? {};
		const vouchedFor = Object.entries(devices)
			.filter(([, { signatures }]) => Object.keys(signatures[me.userId] ?? {}).length > 1)
			.map(([deviceId]) => deviceId);
		return { devices: Object.keys(devices), vouchedFor, hasIdentity: me.userId in answer.master_keys };
	});

test("a device has keys and an identity without a question, one engine for all windows", async ({
	makeAccounts,
	signIn,
	openBrowser,
	server,
}) => {
	const [account] = await makeAccounts("ada");
	const ada = await signIn(account);
	await ada.open();
	await expect
		.poll(() => ownKeys(ada.page))
		.toMatchObject({ devices: { length: 1 }, vouchedFor: { length: 1 }, hasIdentity: true });
	const before = await ownKeys(ada.page);
	const second = await ada.page.context().newPage();
	await second.goto("/chat");
	await expect(second.getByRole("heading", { name: "Chats", exact: true })).toBeVisible();
	await ada.page.reload();
	await expect(ada.page.getByRole("heading", { name: "Chats", exact: true })).toBeVisible();
	expect(await ownKeys(ada.page)).toEqual(before);
	// A second device is one more, for which nobody vouches yet.
	const laptop = await openBrowser(server.address);
	await laptop.page.goto("/sign-in");
	await signInAtScreen(laptop.page, account.localpart, sharedPassword);
	await expectChats(laptop.page);
	await expect.poll(async () => (await ownKeys(laptop.page)).devices.length).toBe(2);
	expect((await ownKeys(laptop.page)).vouchedFor).toEqual(before.vouchedFor);
});

/** Encrypts the chat that is open, and waits until both are ready for it. */
async function encrypt(ada: Member, ben: Member): Promise<void> {
	const roomId = decodeURIComponent(new URL(ada.page.url()).pathname.split("/")[2] ?? "");
	await ada.page.evaluate(async (room) => {
		const response = await fetch("/api/trpc/rooms.enableEncryption", {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ roomId: room }),
		});
		if (!response.ok) throw new Error(await response.text());
	}, roomId);
	for (const one of [ada, ben]) {
		await expect.poll(async () => (await ownKeys(one.page)).vouchedFor.length).toBe(1);
	}
}

test("what two people say in an encrypted chat is theirs alone", async ({ meet, server }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await ada.send("Meet me at the harbour");
	await expect(ben.message("Meet me at the harbour")).toBeVisible();
	await ben.choose("Meet me at the harbour", "Reply");
	await ben.send("Gladly, at nyne");
	await expect(ada.message("Gladly, at nyne").getByRole("button", { name: "Meet me at the harbour" })).toBeVisible();
	await ben.choose("Gladly, at nyne", "Edit");
	await ben.composer.fill("Gladly, at nine");
	await ben.composer.press("Enter");
	for (const one of [ada, ben]) await expect(one.message("Gladly, at nine")).toContainText("edited");
	await ada.choose("Gladly, at nine", "React with 👍");
	await expect(ben.message("Gladly, at nine").getByRole("button", { name: "👍, 1 person" })).toBeVisible();
	await expect(ada.row("Ben")).toContainText("Gladly, at nine");

	for (const one of [ada, ben]) {
		await one.page.reload();
		await one.expectTexts(["Meet me at the harbour", "Gladly, at nine"]);
		await expect(one.message("Gladly, at nine")).not.toContainText("not encrypted");
	}
	// Nor do the words lie open in either browser, though a start shows them before any engine is there.
	await ada.composer.fill("Only begun");
	await ada.composer.blur();
	await expect.poll(() => countKept(ada, "drafts")).toBe(1);
	for (const one of [ada, ben]) {
		await expect.poll(() => keeps(one, '"sealed"')).toBe(true);
		for (const words of ["harbour", "at nine", "Only begun"]) expect(await keeps(one, words)).toBe(false);
	}
	await ada.page.reload();
	await expect(ada.composer).toHaveValue("Only begun");
	await using database = await openServerDatabase(server.dataFolder);
	for (const words of ["harbour", "nyne", "at nine"]) expect(await tablesWith(database, words)).toEqual([]);
	expect(await tablesWith(database, "m.megolm.v1.aes-sha2")).toContain("events");
});

test("a device that nobody vouches for says of each message why it cannot read it", async ({
	meet,
	openBrowser,
	server,
}) => {
	const [ada, ben] = await meet("ada", "ben");
	await openPlainChat(ada, ben);
	await ada.send("From before, in clear");
	await encrypt(ada, ben);
	await ada.send("For the phone alone");
	await expect(ben.message("For the phone alone")).toBeVisible();
	await expect(ben.message("From before, in clear")).toContainText("not encrypted");
	await expect(ben.message("For the phone alone")).not.toContainText("not encrypted");
	const laptop = await openBrowser(server.address);
	await laptop.page.goto("/sign-in");
	await signInAtScreen(laptop.page, ben.localpart, sharedPassword);
	await expectChats(laptop.page);
	await expect.poll(async () => (await ownKeys(laptop.page)).devices.length).toBe(2);
	await laptop.open(new URL(ada.page.url()).pathname);
	await expect(laptop.message("From before, in clear")).toBeVisible();
	await expect(laptop.message("The key to this message has not come yet.")).toHaveCount(1);
	await expect(laptop.row("Ada")).toContainText("Encrypted message");
	await ada.send("And this too");
	await expect(ben.message("And this too")).toBeVisible();
	await expect(laptop.message("Approve this device on another one of yours to read this.").first()).toBeVisible();
	await expect(laptop.message("And this too")).toHaveCount(0);
	// Nor does it send: nobody would be shown what a device wrote that nobody vouches for.
	const bar = laptop.page.getByRole("region", { name: "This device" });
	await expect(bar).toContainText("Until you approve it, this device neither reads nor sends encrypted messages.");
	await laptop.send("From the laptop");
	await laptop.expectTick("From the laptop", "Waiting");
	await ada.send("Who is there?");
	await expect(ben.message("Who is there?")).toBeVisible();
	for (const one of [ada, ben]) await expect(one.message("From the laptop")).toHaveCount(0);
	expect(await findAxeFaults(laptop.page, "closed messages")).toEqual([]);
});
