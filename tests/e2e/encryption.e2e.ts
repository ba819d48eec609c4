import { expect, type Page } from "@playwright/test";
import { sharedPassword } from "../server-process/add-people.ts";
import { expectChats, signIn as signInAtScreen } from "./support/account-screen.ts";
import { test } from "./support/kith-test.ts";

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
