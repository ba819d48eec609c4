import { expect, type Locator } from "@playwright/test";
import { addPeople } from "../../server-process/add-people.ts";
import { createHttpCaller } from "../../server-process/http-caller.ts";
import { enterAt } from "../support/enter-at.ts";
import { type Member, test } from "../support/kith-test.ts";
import { makeOwner } from "../support/name-people.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";
import { startFarAndNear } from "../support/two-kiths.ts";

/** The bar over a conversation. */
const headOf = ({ page }: Pick<Member, "page">): Locator => page.getByRole("main").locator("header");

test("who is there is seen, and when they last were once they are gone", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	const head = headOf(ben);
	await expect(head.getByText("online")).toBeVisible();
	await expect(ben.row(/Ada, online/)).toBeVisible();
	await ada.page.close();
	await expect(head.getByText(/^last seen (today|yesterday) at /)).toBeVisible({ timeout: 20_000 });
	await expect(ben.list.getByText(", online")).toHaveCount(0);
});

test("who keeps typing and presence to themselves shows neither, and sees neither", async ({ meet }) => {
	const [ada, ben, cem] = await meet("ada", "ben", "cem");
	await openDirectChat(ada, ben);
	await openDirectChat(cem, ben);
	await ben.openChat("Ada");
	const head = headOf(ben);
	await expect(head.getByText("online")).toBeVisible();
	await ada.open("/you/privacy");
	await ada.page.getByRole("switch", { name: "Typing" }).click();
	await ada.page.getByRole("radio", { name: /^Nobody/ }).click();
	await expect(head.getByText("online")).toHaveCount(0);
	await ada.page.reload();
	await expect(ada.page.getByRole("switch", { name: "Typing" })).not.toBeChecked();
	await expect(ada.page.getByRole("radio", { name: /^Nobody/ })).toBeChecked();

	await ada.page.goto("/chat");
	await ada.openChat("Ben");
	await ada.composer.pressSequentially("Shh");
	await ben.composer.pressSequentially("Is anybody there?");
	// Cem's typing comes after Ada's would have.
	await cem.composer.pressSequentially("I am");
	await expect(ben.row("Cem")).toContainText("typing…");
	await expect(head.getByText("typing…")).toHaveCount(0);
	await expect(headOf(ada).getByText(/online|last seen|typing/)).toHaveCount(0);
});

test("who is there at another server is seen once both owners want it, and not before", async ({ openBrowser }) => {
	await using kiths = await startFarAndNear();
	const { far: host, near: guest } = kiths;
	const [adas] = await addPeople(host.dataFolder, ["ada"], { isSecure: true });
	const [bens] = await addPeople(guest.dataFolder, ["ben"], { isSecure: true });
	if (adas === undefined || bens === undefined) throw new Error("two people were asked for");
	await makeOwner(host.dataFolder, adas.userId);
	await makeOwner(guest.dataFolder, bens.userId);
	const wishes = { transactionId: "chat", kind: "direct", inviteeIds: [bens.userId] };
	const caller = createHttpCaller(`https://${host.name}`, adas.cookie, host.ca);
	const { roomId } = (await caller.mutate("rooms.create", wishes)) as { roomId: string };
	caller.close();
	const open: typeof openBrowser = (address) => openBrowser(address, { ignoreHTTPSErrors: true });
	const ada = await enterAt(open, `https://${host.name}`, adas);
	const ben = await enterAt(open, `https://${guest.name}`, bens);
	for (const { page } of [ada, ben]) {
		await page.goto("/admin/federation");
		const sharing = page.getByRole("switch", { name: "Share with other servers who is online" });
		await expect(sharing).not.toBeChecked();
		await sharing.click();
		await expect(sharing).toBeChecked();
	}
	await ben.page.goto(`/chat/${encodeURIComponent(roomId)}`);
	await ben.page.getByRole("button", { name: "Join" }).click();
	await ada.page.goto(`/chat/${encodeURIComponent(roomId)}`);
	await expect(headOf(ada).getByText("online")).toBeVisible({ timeout: 60_000 });
	await expect(headOf(ben).getByText("online")).toBeVisible({ timeout: 60_000 });
	await ben.page.close();
	await expect(headOf(ada).getByText(/^last seen (today|yesterday) at /)).toBeVisible({ timeout: 30_000 });
	await ada.page.context().close();
});
