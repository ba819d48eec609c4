import { expect } from "@playwright/test";
import { test } from "./support/kith-test.ts";
import { watchContext } from "./support/watch-context.ts";

test("the browser refuses foreign addresses and markup from strings, and the watch of all tests sees it", async ({
	server,
	browser,
}) => {
	const context = await browser.newContext({ baseURL: server.address });
	const watch = await watchContext(context, server.address);
	const page = await context.newPage();
	await page.goto("/sign-in");
	await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
	expect(watch.faults).toEqual([]);
	await page.evaluate(() => {
		new Image().src = "https://elsewhere.example/pixel.png";
		void fetch("https://elsewhere.example/").catch(() => undefined);
		const script = document.createElement("script");
		const refusals: unknown[] = [];
		for (const attempt of [
			() => {
				document.body.innerHTML = "<b>markup</b>";
			},
			() => {
				script.src = "https://elsewhere.example/script.js";
			},
			() => {
				script.text = "document.title = 'changed'";
			},
		]) {
			try {
				attempt();
			} catch (error) {
				refusals.push(error);
			}
		}
		if (refusals.length !== 3) throw new Error(`only ${refusals.length} of 3 were refused`);
	});
	await expect.poll(() => watch.faults.join("\n")).toContain("policy: connect-src https://elsewhere.example/");
	const faults = watch.faults.join("\n");
	expect(faults).toContain("policy: img-src https://elsewhere.example/pixel.png");
	expect(faults).toContain("policy: require-trusted-types-for");
	await context.close();
});
