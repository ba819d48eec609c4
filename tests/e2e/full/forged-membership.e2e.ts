import { expect } from "@playwright/test";
import { createHttpCaller } from "../../server-process/http-caller.ts";
import { test } from "../support/kith-test.ts";

test("membership forged by a malicious server: everybody sees who came, and they read nothing of before", async ({
	meet,
	server,
}) => {
	const [ada, ben, eve] = await meet("ada", "ben", "eve");
	await ada.startGroup("Harbour", [ben.localpart]);
	await ben.join("Harbour");
	await ada.send("Between the two of us");
	await expect(ben.message("Between the two of us")).toBeVisible();
	const roomId = decodeURIComponent(new URL(ada.page.url()).pathname.split("/")[2] ?? "");
	// A server signs events for its people, and can make one up: nobody at Ada's browser has asked Eve to come.
	const asAda = createHttpCaller(server.address, ada.account.cookie);
	await asAda.mutate("rooms.invite", { roomId, userId: eve.account.userId });
	asAda.close();
	await eve.join("Harbour");

	for (const one of [ada, ben]) {
		await expect(one.conversation.getByText(/Eve joined|invited Eve/).first()).toBeVisible();
		await one.openInfo();
		await expect(one.member("Eve")).toBeVisible();
	}
	await ada.send("Now there are three");
	for (const one of [ben, eve]) await expect(one.message("Now there are three")).toBeVisible();
	await eve.page.reload();
	await expect(eve.message("Now there are three")).toBeVisible();
	await expect(eve.message("Between the two of us")).toHaveCount(0);
	await expect(eve.conversation.getByText("From before you came here.")).toHaveCount(1);
});
