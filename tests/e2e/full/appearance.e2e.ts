import { expect } from "@playwright/test";
import { test } from "../support/kith-test.ts";
import { lostConnection } from "../support/watch-context.ts";

test("a look is kept on the device, there before the first paint, and followed by the other windows", async ({
	meet,
}) => {
	const [ada] = await meet("ada");
	const { page } = ada;
	const other = await page.context().newPage();
	await other.goto("/you/appearance");
	await ada.open("/you/appearance");
	const html = page.locator("html");
	await page.getByRole("radio", { name: "Dark" }).check({ force: true });
	await page.getByRole("radio", { name: "Moss" }).check({ force: true });
	await page.getByRole("slider", { name: "Size of messages" }).focus();
	await page.keyboard.press("End");
	await page.getByRole("switch", { name: "Compact list" }).check();
	await page.getByRole("switch", { name: "Less motion" }).check();
	const look = { "data-theme": "dark", "data-chat-theme": "moss", "data-message-size": "20" };
	for (const window of [page, other]) {
		for (const [name, value] of Object.entries(look)) {
			await expect(window.locator("html")).toHaveAttribute(name, value);
		}
	}
	await expect(other.getByRole("radio", { name: "Dark" })).toBeChecked();
	await expect(other.getByRole("switch", { name: "Compact list" })).toBeChecked();

	// Nothing of the app's own script runs: what is seen now is what is painted first.
	ada.watch.allow(lostConnection);
	await page.route("**/_next/static/**/*.js", (route) => route.abort());
	await page.goto("/you/appearance");
	await expect(html).toHaveAttribute("data-theme", "dark");
	expect(await html.evaluate((element) => getComputedStyle(element).getPropertyValue("--row").trim())).toBe("56px");
	expect(await html.evaluate((element) => getComputedStyle(element).getPropertyValue("--message-pixels").trim())).toBe(
		"20",
	);
	expect(await html.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe("rgb(13, 19, 22)");
});

test("the keyboard alone chooses a look, and takes it back", async ({ meet }) => {
	const [ada] = await meet("ada");
	const { page } = ada;
	await ada.open("/you");
	await ada.tabTo("link", "Appearance");
	await page.keyboard.press("Enter");
	await expect(page.getByRole("heading", { name: "Appearance", level: 1 })).toBeVisible();
	const html = page.locator("html");
	await page.getByRole("radio", { name: "As the device" }).focus();
	await page.keyboard.press("ArrowDown");
	await expect(html).toHaveAttribute("data-theme", "light");
	await page.keyboard.press("ArrowUp");
	await expect(html).not.toHaveAttribute("data-theme", /./);
	await page.keyboard.press("Tab");
	await page.keyboard.press("ArrowRight");
	await expect(html).toHaveAttribute("data-chat-theme", "dusk");
	await page.goBack();
	await expect(page).toHaveURL(/\/you$/);
});
