import { expect } from "@playwright/test";
import { findAxeFaults } from "../support/axe-faults.ts";
import { test } from "../support/kith-test.ts";
import { makeRoom } from "../support/make-room.ts";

test("a group from before is encrypted with one tap, by whoever may, for good", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await makeRoom(ada.page, { kind: "group", name: "Shed", inviteeIds: [ben.account.userId] });
	await ada.row("Shed").click();
	await ben.join("Shed");
	await ada.openInfo();
	await ben.openInfo();
	await expect(ben.info.getByText("Off. The servers of this chat can read along.")).toBeVisible();
	await expect(ben.info.getByRole("button", { name: "Encryption" })).toHaveCount(0);

	// By keyboard alone: asked first, and nothing happens to whoever thinks better of it.
	const offer = ada.info.getByRole("button", { name: "Encryption Off. Encrypt this chat" });
	await offer.focus();
	await ada.page.keyboard.press("Enter");
	const dialog = ada.page.getByRole("dialog", { name: "Encrypt this chat?" });
	await expect(dialog).toContainText("It can’t be undone: nobody can switch it off again.");
	expect(await findAxeFaults(ada.page, "the question before encryption")).toEqual([]);
	await ada.page.keyboard.press("Escape");
	await expect(dialog).toHaveCount(0);
	await expect(offer).toBeVisible();

	await offer.click();
	await dialog.getByRole("button", { name: "Encrypt", exact: true }).click();
	for (const one of [ada, ben]) {
		await expect(one.info).toContainText("EncryptionOn. Only the people here can read what is written.");
		await expect(one.info.getByRole("button", { name: "Encryption" })).toHaveCount(0);
	}
});

test("a public room is encrypted where its maker wants it", async ({ meet }) => {
	const [ada] = await meet("ada");
	await ada.page.goto("/new-group");
	await ada.page.getByRole("textbox", { name: "Group name" }).fill("Harbour");
	await ada.page.getByRole("radio", { name: "Everybody" }).check();
	const choice = ada.page.getByRole("group", { name: "Encryption" });
	await expect(choice.getByRole("radio", { name: "Not encrypted" })).toBeChecked();
	await choice.getByRole("radio", { name: "Not encrypted" }).press("ArrowDown");
	await expect(choice.getByRole("radio", { name: /^Encrypted/ })).toBeChecked();
	expect(await findAxeFaults(ada.page, "a new public room")).toEqual([]);
	await ada.page.getByRole("button", { name: "Create group" }).click();
	await ada.openInfo();
	await expect(ada.info).toContainText("EncryptionOn. Only the people here can read what is written.");
});

test("a server that says of a chat that it was never encrypted gets no word of it", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	const context = ada.page.context();
	const sent: string[] = [];
	const stripped = (text: string): string => text.replaceAll('"encryption":', '"nothing":');
	await context.routeWebSocket(/\/api\/trpc/, (page) => {
		const server = page.connectToServer();
		page.onMessage((message) => {
			sent.push(message.toString());
			server.send(message);
		});
		server.onMessage((message) => page.send(stripped(message.toString())));
	});
	await context.route("**/api/trpc/**", async (route) => {
		sent.push(route.request().postData() ?? "");
		const response = await route.fetch();
		await route.fulfill({ response, body: stripped(await response.text()) });
	});
	await ada.page.reload();
	await ada.startDirectChat(ben.localpart);
	await ada.send("Nobody else’s business");
	await ada.expectTick("Nobody else’s business", "Sent");
	await ben.join("Ada");
	await expect(ben.message("Nobody else’s business")).toBeVisible();
	expect(sent.some((words) => words.includes("m.megolm.v1.aes-sha2"))).toBe(true);
	expect(sent.filter((words) => words.includes("Nobody else"))).toEqual([]);
});
