import { expect, type Page } from "@playwright/test";
import { openDeviceOverHttp } from "../../crypto/device-over-http.ts";
import { startLibolmClient } from "../../crypto/libolm-client/start-libolm-client.ts";
import { type Person, sharedPassword } from "../../server-process/add-people.ts";
import { expectChats, signIn as signInAtScreen } from "../support/account-screen.ts";
import { approveByEmoji } from "../support/compare-emoji.ts";
import { type Member, test } from "../support/kith-test.ts";
import type { TestServer } from "../support/test-server.ts";

interface Means {
	readonly makeAccounts: (...names: ["ada", "lea"]) => Promise<readonly [Person, Person]>;
	readonly signIn: (account: Person) => Promise<Member>;
	readonly server: TestServer;
}

/** Opens the chat of somebody in a browser with somebody whose one device is made of libolm, and has both in it. */
async function openChatWithLibolm({ makeAccounts, signIn, server }: Means) {
	const [adas, account] = await makeAccounts("ada", "lea");
	const ada = await signIn(adas);
	await ada.open();
	const lea = await openDeviceOverHttp(startLibolmClient, { origin: server.address }, account);
	await lea.bootstrap();
	const [localpart = ""] = account.userId.slice(1).split(":");
	await ada.startDirectChat(localpart);
	await ada.send("Are you there?");
	const roomId = decodeURIComponent(new URL(ada.page.url()).pathname.split("/")[2] ?? "");
	await lea.caller.mutate("rooms.join", { room: roomId });
	return { ada, lea, roomId, both: [ada.account.userId, account.userId] };
}

test("a client on libolm and a browser talk with each other, over the real server", async ({
	makeAccounts,
	signIn,
	server,
}) => {
	const { ada, lea, roomId, both } = await openChatWithLibolm({ makeAccounts, signIn, server });
	const said = ["Are you there?"];
	const readByLea = () => lea.readAll(roomId);
	await expect.poll(readByLea).toEqual(said);
	for (const number of [1, 2]) {
		await lea.say(roomId, both, `libolm ${number}`);
		await expect(ada.message(`libolm ${number}`)).toBeVisible();
		await ada.send(`browser ${number}`);
		said.push(`libolm ${number}`, `browser ${number}`);
		await expect.poll(readByLea).toEqual(said);
	}
	await ada.page.reload();
	await ada.expectTexts(said);
	await expect(ada.conversation).not.toContainText("not encrypted");
	lea.close();
});

test("blocked and unverified devices: each says why it reads nothing, and what would help where something does", async ({
	makeAccounts,
	signIn,
	openBrowser,
	server,
}) => {
	const { ada, lea, roomId, both } = await openChatWithLibolm({ makeAccounts, signIn, server });
	await expect.poll(() => lea.readAll(roomId)).toEqual(["Are you there?"]);

	const laptop = await openBrowser(server.address);
	await laptop.page.goto("/sign-in");
	await signInAtScreen(laptop.page, ada.localpart, sharedPassword);
	await expectChats(laptop.page);
	const chat = new URL(ada.page.url()).pathname;
	await laptop.open(chat);
	await lea.say(roomId, both, "For the phone");
	await expect(ada.message("For the phone")).toBeVisible();
	await expect(laptop.conversation.getByRole("article")).toHaveCount(2);
	await expect(laptop.message("For the phone")).toHaveCount(0);

	await laptop.page.getByRole("link", { name: "Approve it" }).click();
	await laptop.page.getByRole("button", { name: "Approve on your other device" }).click();
	await approveByEmoji(ada.page, laptop.page);
	await laptop.open(chat);
	await lea.say(roomId, both, "For both");
	await expect(laptop.message("For both")).toBeVisible();

	lea.block({ userId: ada.account.userId, deviceId: await deviceOf(laptop.page) });
	await lea.say(roomId, both, "Not for the laptop");
	await expect(ada.message("Not for the laptop")).toBeVisible();
	await expect(laptop.message("The sender gave this device no key to it.")).toHaveCount(1);
	await expect(laptop.message("Not for the laptop")).toHaveCount(0);
	// Whoever is kept from reading still writes, and is read.
	await laptop.send("I see nothing");
	await expect.poll(async () => (await lea.readAll(roomId)).at(-1)).toBe("I see nothing");
	lea.close();
});

/** The device that a page is signed in as. */
const deviceOf = (page: Page): Promise<string> =>
	page.evaluate(async () => (await (await fetch("/api/trpc/accounts.me")).json()).result.data.deviceId);
