import { expect } from "@playwright/test";
import { createHttpCaller } from "../../server-process/http-caller.ts";
import { fillChat } from "../support/fill-chat.ts";
import { test } from "../support/kith-test.ts";

test("a quote leads to a message that was not here, and back leads to where the reader was", async ({
	server,
	makeAccounts,
	signIn,
}) => {
	const [owner, other] = await makeAccounts("ada", "ben");
	const chat = await fillChat({ address: server.address, owner, other, name: "Long talk", count: 140 });
	const caller = createHttpCaller(server.address, other.cookie);
	const replyTo = chat.eventIds[3];
	await caller.mutate("messages.send", { roomId: chat.roomId, transactionId: "answer", body: "I meant this", replyTo });
	caller.close();
	const ada = await signIn(owner);
	await ada.open(chat.path);
	await ada.message("I meant this").getByRole("button", { name: "Message 4." }).click();
	await expect(ada.message("Message 4.")).toBeInViewport();
	await expect(ada.page).toHaveURL(`${chat.path}/${encodeURIComponent(replyTo ?? "")}`);
	await ada.page.keyboard.press("ArrowDown");
	await expect(ada.message("Message 5.")).toBeFocused();

	await ada.page.goBack();
	await expect(ada.page).toHaveURL(chat.path);
	await expect(ada.message("I meant this")).toBeInViewport();
	await ada.page.goForward();
	await expect(ada.message("Message 4.")).toBeInViewport();
	const timeline = ada.page.locator(".timeline");
	await expect
		.poll(async () => {
			await timeline.evaluate((box) => box.scrollBy(0, 1500));
			return ada.message("I meant this").count();
		})
		.toBe(1);
});

test("a chat is found where it was left, and what came since is counted", async ({ server, makeAccounts, signIn }) => {
	const [owner, other] = await makeAccounts("ada", "ben");
	const chat = await fillChat({ address: server.address, owner, other, name: "Long talk", count: 60 });
	await fillChat({ address: server.address, owner, other, name: "Short talk", count: 1 });
	const ada = await signIn(owner);
	await ada.open(chat.path);
	await expect(ada.message("Message 60.")).toBeInViewport();
	const timeline = ada.page.locator(".timeline");
	const beginning = ada.page.getByText("created this chat");
	await expect
		.poll(async () => {
			await timeline.evaluate((box) => box.scrollTo(0, 0));
			return beginning.count();
		})
		.toBe(1);
	await timeline.evaluate((box) => box.scrollTo(0, 0));
	await expect(beginning).toBeInViewport();
	await ada.openChat("Short talk");
	await expect(ada.message("Message 1.")).toBeVisible();
	await ada.openChat("Long talk");
	await expect(beginning).toBeInViewport();

	const caller = createHttpCaller(server.address, other.cookie);
	await caller.mutate("messages.send", { roomId: chat.roomId, transactionId: "news", body: "News" });
	caller.close();
	await ada.page.getByRole("button", { name: "To the newest message, 1 unread" }).click();
	await expect(ada.message("News")).toBeInViewport();
	await expect(ada.row("Long talk")).not.toContainText("unread");
});

test("any emoji is a reaction, and who has read a message is told", async ({ server, makeAccounts, signIn }) => {
	const [owner, other] = await makeAccounts("ada", "ben");
	const chat = await fillChat({ address: server.address, owner, other, name: "Two of us", count: 2 });
	const ada = await signIn(owner);
	const ben = await signIn(other);
	await ada.open(chat.path);
	await ada.message("Message 2.").hover();
	await ada.message("Message 2.").getByRole("button", { name: "React", exact: true }).click();
	const field = ada.page.getByRole("textbox", { name: "Any other emoji" });
	await field.fill("x");
	await expect(ada.page.getByText("A reaction is one emoji.")).toBeVisible();
	await field.fill("🥨");
	await expect(ada.message("Message 2.").getByRole("button", { name: "🥨, 1, including you" })).toBeVisible();

	await ada.choose("Message 1.", "Who has read it");
	const dialog = ada.page.getByRole("dialog", { name: "Who has read it" });
	await expect(dialog.getByRole("list", { name: "On its way" })).toContainText("Ben");
	await dialog.getByRole("button", { name: "Close" }).click();
	await ben.open(chat.path);
	await expect(ben.message("Message 2.")).toBeVisible();
	await ada.expectTick("Message 1.", "Read");
	await ada.choose("Message 1.", "Who has read it");
	await expect(dialog.getByRole("list", { name: "Read" })).toContainText("Ben");
});

test("the chat list is made wider and folded in by keyboard, and stays so", async ({ meet }) => {
	const [ada] = await meet("ada");
	const edge = ada.page.getByRole("separator", { name: "Width of the chat list" });
	const width = (): Promise<number> => ada.list.evaluate((list) => list.getBoundingClientRect().width);
	expect(await width()).toBe(340);
	await edge.press("ArrowRight");
	await expect.poll(width).toBe(356);
	await edge.press("End");
	await expect.poll(width).toBe(420);
	await ada.page.reload();
	await expect.poll(width).toBe(420);
	await edge.press("Enter");
	await expect.poll(width).toBe(72);
	await ada.page.reload();
	await expect.poll(width).toBe(72);
	await edge.press("Enter");
	await expect.poll(width).toBe(420);
});
