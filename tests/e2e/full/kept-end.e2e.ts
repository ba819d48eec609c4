import { expect } from "@playwright/test";
import { fillChat } from "../support/fill-chat.ts";
import { test } from "../support/kith-test.ts";

const desk = { width: 1280, height: 800 };
const phone = { width: 360, height: 740 };

test("whoever is at the newest message stays there when the window turns and the mention list opens", async ({
	server,
	makeAccounts,
	signIn,
}) => {
	const [owner, other] = await makeAccounts("ada", "ben");
	const chat = await fillChat({ address: server.address, owner, other, name: "Long talk", count: 80 });
	const ada = await signIn(owner);
	const distance = (): Promise<number> =>
		ada.page.locator(".timeline").evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop);
	await ada.page.setViewportSize(desk);
	await ada.open(chat.path);
	await expect(ada.message("Message 80.")).toBeInViewport();
	await ada.page.setViewportSize(phone);
	await expect.poll(distance).toBeLessThanOrEqual(1);
	await ada.page.getByRole("textbox", { name: "Message", exact: true }).pressSequentially("Hi @b");
	await expect(ada.page.getByRole("listbox")).toBeVisible();
	await expect.poll(distance).toBeLessThanOrEqual(1);
	await ada.page.setViewportSize(desk);
	await expect.poll(distance).toBeLessThanOrEqual(1);
	await expect(ada.message("Message 80.")).toBeInViewport();
});
