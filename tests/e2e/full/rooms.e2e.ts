import { expect } from "@playwright/test";
import { createHttpCaller } from "../../server-process/http-caller.ts";
import { test } from "../support/kith-test.ts";
import { refusal } from "../support/watch-context.ts";

test("a list of sixty rooms comes in pages by itself", async ({ server, makeAccounts, signIn }) => {
	const [account] = await makeAccounts("ada");
	const caller = createHttpCaller(server.address, account.cookie);
	const names = Array.from({ length: 60 }, (_, index) => `Room ${String(index + 1).padStart(2, "0")}`);
	for (const name of names)
		await caller.mutate("rooms.create", { transactionId: name.replace(" ", "-"), kind: "group", name });
	caller.close();

	const ada = await signIn(account);
	await ada.open();
	const rows = ada.list.getByRole("listitem");
	await expect(rows.first()).toContainText("Room 60");
	await expect(rows).toHaveCount(60);
	await expect(rows.last()).toContainText("Room 01");
	await expect(ada.list.getByRole("button", { name: "Show more chats" })).toHaveCount(0);
	await ada.list.getByRole("searchbox").fill("room 07");
	await expect(rows).toHaveCount(1);
	await ada.row("Room 07").click();
	await ada.send("Found it");
	await ada.list.getByRole("searchbox").fill("");
	await expect(rows.first()).toContainText("Room 07");
});

test("a room that was forgotten is gone on every device", async ({ server, makeAccounts, signIn }) => {
	const [account] = await makeAccounts("ada");
	const caller = createHttpCaller(server.address, account.cookie);
	const created = await caller.mutate("rooms.create", { transactionId: "old", kind: "group", name: "Old plans" });
	const { roomId } = created as { roomId: string };
	const ada = await signIn(account);
	await ada.open();
	await ada.openChat("Old plans");
	await ada.send("Long ago");
	await caller.mutate("rooms.leave", { roomId });
	await expect(ada.row("Old plans")).toHaveCount(0);
	await expect(ada.page.getByText("You’re no longer in this chat.")).toBeVisible();
	await caller.mutate("rooms.forget", { roomId });
	caller.close();
	ada.watch.allow(refusal);
	await ada.page.reload();
	await expect(ada.page.getByText("This chat is by invitation only")).toBeVisible();
	await expect(ada.conversation).toHaveCount(0);
	await expect(ada.row("Old plans")).toHaveCount(0);
});

test("a public room is joined by its address", async ({ server, makeAccounts, signIn }) => {
	const [adaAccount, benAccount] = await makeAccounts("ada", "ben");
	const serverName = adaAccount.userId.slice(adaAccount.userId.indexOf(":") + 1);
	const asAda = createHttpCaller(server.address, adaAccount.cookie);
	await asAda.mutate("rooms.create", {
		transactionId: "square",
		kind: "public",
		name: "Market square",
		aliasLocalpart: "square",
	});
	asAda.close();
	const ada = await signIn(adaAccount);
	await ada.open();
	await ada.openChat("Market square");
	await ada.send("Everybody is welcome");

	const asBen = createHttpCaller(server.address, benAccount.cookie);
	const ben = await signIn(benAccount);
	await ben.open();
	await asBen.mutate("rooms.join", { room: `#square:${serverName}` });
	await ben.openChat("Market square");
	await expect(ben.message("Everybody is welcome")).toBeVisible();
	await ben.send("Thank you");
	await expect(ada.message("Thank you")).toBeVisible();
	await expect(asBen.mutate("rooms.join", { room: `#nowhere:${serverName}` })).rejects.toThrow("not-found");
	asBen.close();
});
