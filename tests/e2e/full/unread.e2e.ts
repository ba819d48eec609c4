import { expect } from "@playwright/test";
import { createHttpCaller } from "../../server-process/http-caller.ts";
import { fillChat } from "../support/fill-chat.ts";
import { test } from "../support/kith-test.ts";

test("a chat opens where its new messages begin, however far back, and the divider stays there", async ({
	server,
	makeAccounts,
	signIn,
}) => {
	const [owner, other] = await makeAccounts("ada", "ben");
	const chat = await fillChat({ address: server.address, owner, other, name: "Long talk", count: 70 });
	const ada = await signIn(owner);
	await ada.open(chat.path);
	await expect(ada.message("Message 70.")).toBeInViewport();
	await expect(ada.row("Long talk")).not.toContainText("unread");
	await ada.page.goto("about:blank");
	const caller = createHttpCaller(server.address, other.cookie);
	for (let index = 1; index <= 120; index += 1) {
		const replyTo = index === 2 ? { replyTo: chat.eventIds[0] } : {};
		const input = { roomId: chat.roomId, transactionId: `new-${index}`, body: `News ${index};`, ...replyTo };
		await caller.mutate("messages.send", input);
	}

	// From what this browser kept, everything was read; what is new comes after the first picture.
	await ada.open(chat.path);
	const divider = ada.conversation.getByText(/^New since /);
	await expect(divider).toBeInViewport();
	await expect(ada.message("News 1;")).toBeInViewport();
	await expect(ada.message("Message 70.")).toBeInViewport();
	const toNewest = ada.page.getByRole("button", { name: "To the newest message, 120 unread" });
	await expect(toNewest).toBeVisible();
	// What is answered is far behind what was read, and is fetched.
	await expect(ada.message("News 2;").getByRole("button")).toContainText("Message 1.");

	const place = (): Promise<number> => divider.evaluate((line) => line.getBoundingClientRect().top);
	const before = await place();
	await caller.mutate("messages.send", { roomId: chat.roomId, transactionId: "last", body: "The very last" });
	caller.close();
	await expect(ada.page.getByRole("button", { name: "To the newest message, 121 unread" })).toBeVisible();
	expect(Math.abs((await place()) - before)).toBeLessThanOrEqual(3);

	const timeline = ada.page.locator(".timeline");
	await expect
		.poll(async () => {
			await timeline.evaluate((box) => box.scrollBy(0, 1500));
			return ada.message("The very last").count();
		})
		.toBe(1);
	await expect(ada.message("The very last")).toBeInViewport();
	await expect(ada.row("Long talk")).not.toContainText("unread");
});

test("a quoted message that was deleted says so, also while it is shown", async ({ server, makeAccounts, signIn }) => {
	const [owner, other] = await makeAccounts("ada", "ben");
	const chat = await fillChat({ address: server.address, owner, other, name: "Long talk", count: 70 });
	const asOwner = createHttpCaller(server.address, owner.cookie);
	const quoted = chat.eventIds[0];
	const { roomId } = chat;
	await asOwner.mutate("messages.send", { roomId, transactionId: "answer", body: "I meant this", replyTo: quoted });
	const ada = await signIn(owner);
	await ada.open(chat.path);
	const quote = ada.message("I meant this").getByRole("button").first();
	await expect(quote).toContainText("Message 1.");
	await asOwner.mutate("messages.redact", { roomId, transactionId: "gone", targetEventId: quoted });
	await expect(quote).toContainText("Message deleted");
	asOwner.close();
	await ada.page.reload();
	await expect(quote).toContainText("Message deleted");
});

test("who is writing has a bubble at the end, which moves nobody who reads elsewhere", async ({
	server,
	makeAccounts,
	signIn,
}) => {
	const [owner, other] = await makeAccounts("ada", "ben");
	const chat = await fillChat({ address: server.address, owner, other, name: "Long talk", count: 40 });
	const [ada, ben] = [await signIn(owner, { reducedMotion: "reduce" }), await signIn(other)];
	for (const one of [ada, ben]) await one.open(chat.path);
	await expect(ada.message("Message 40.")).toBeInViewport();
	const bubble = ada.page.locator(".typing");
	await ben.composer.pressSequentially("Soup");
	await expect(bubble).toBeInViewport({ ratio: 1 });
	await expect(ada.message("Message 40.")).toBeInViewport({ ratio: 1 });
	expect(
		await bubble
			.locator("i")
			.first()
			.evaluate((dot) => getComputedStyle(dot).animationName),
	).toBe("none");
	await ben.composer.press("Enter");
	await expect(bubble).toHaveCount(0);
	await expect(ada.message("Soup")).toBeInViewport({ ratio: 1 });

	await ada.page.locator(".timeline").evaluate((box) => box.scrollBy(0, -400));
	const message = ada.message("Message 38.");
	const top = (): Promise<number> => message.evaluate((one) => one.getBoundingClientRect().top);
	const before = await top();
	await ben.composer.pressSequentially("More");
	await expect(bubble).toBeAttached();
	expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(3);
});
