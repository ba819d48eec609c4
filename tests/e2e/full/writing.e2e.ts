import { expect, type Locator } from "@playwright/test";
import { type Member, test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";

/** The bar over a conversation. */
const headOf = ({ page }: Member): Locator => page.getByRole("main").locator("header");

test("who is writing stands in the list and under the name, until the message is sent", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await ada.composer.pressSequentially("Soup");
	const head = headOf(ben);
	await expect(head.getByText("typing…")).toBeVisible();
	await expect(ben.row("Ada")).toContainText("typing…");
	await ada.composer.press("Enter");
	await expect(ben.message("Soup")).toBeVisible();
	await expect(ben.list.getByText("typing…")).toHaveCount(0);
	await expect(head.getByText("typing…")).toHaveCount(0);

	await ada.composer.pressSequentially("Or stew");
	await expect(ben.row("Ada")).toContainText("typing…");
	await ada.composer.fill("");
	await expect(ben.row("Ada")).toContainText("Soup");

	await ada.startGroup("Cooks", [ben.localpart]);
	await ben.join("Cooks");
	await ada.composer.pressSequentially("Stew");
	await expect(ben.row("Cooks")).toContainText("Ada is typing…");
	await expect(headOf(ben).getByText("Ada is typing…")).toBeVisible();
	// Who leaves the field is not writing.
	await ada.composer.blur();
	await expect(headOf(ben).getByText("2 people, 2 online")).toBeVisible();
	await ben.openInfo();
	await expect(ben.member("Ada").getByText("Online")).toBeVisible();
});

test("a choice that the server does not take is taken back in words", async ({ meet }) => {
	const [ada] = await meet("ada");
	ada.watch.allow(/net::ERR_|WebSocket/);
	const context = ada.page.context();
	await context.routeWebSocket(/\/api\/trpc/, (socket) => void socket.close());
	await context.route("**/accounts.setPrivacy**", (route) => route.abort());
	await ada.open("/you/privacy");
	const receipts = ada.page.getByRole("switch", { name: "Read receipts" });
	await expect(receipts).toBeEnabled();
	await receipts.click();
	await expect(ada.page.getByText("That wasn’t saved.")).toBeVisible();
	await expect(receipts).toBeChecked();
});
