import { expect } from "@playwright/test";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";
import { lostConnection } from "../support/watch-context.ts";

for (const how of ["SIGTERM", "SIGKILL"] as const) {
	test(`both come back by themselves after ${how}, with what was written meanwhile`, async ({ server, meet }) => {
		const [ada, ben] = await meet("ada", "ben");
		for (const { watch } of [ada, ben]) watch.allow(lostConnection);
		await openDirectChat(ada, ben);
		await ada.send("Before");
		await expect(ben.message("Before")).toBeVisible();

		await server.stop(how);
		for (const one of [ada, ben]) await expect(one.netBar).toBeVisible();
		const written = ["First while it was down", "Second while it was down", "Third while it was down"];
		for (const text of written) {
			await ada.send(text);
			await ada.expectTick(text, "Waiting");
		}

		await server.start();
		for (const one of [ada, ben]) {
			await expect(one.netBar).toHaveCount(0, { timeout: 20_000 });
			await expect(one.message(written.at(-1) ?? "")).toBeVisible({ timeout: 40_000 });
			await one.expectTexts(["Before", ...written]);
		}
		await ada.expectTick(written[0] ?? "", "Read");
		await ben.send("After");
		await expect(ada.message("After")).toBeVisible();
		for (const one of [ada, ben]) {
			await one.page.reload();
			await one.expectTexts(["Before", ...written, "After"]);
		}
	});
}

test("what was written before a reload goes out after it", async ({ server, meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	for (const { watch } of [ada, ben]) watch.allow(lostConnection);
	await server.stop("SIGKILL");
	await expect(ada.netBar).toBeVisible();
	await ada.send("Kept over a reload");
	await ada.expectTick("Kept over a reload", "Waiting");
	await server.start();
	await ada.page.reload();
	await expect(ben.message("Kept over a reload")).toBeVisible({ timeout: 20_000 });
	for (const one of [ada, ben]) await one.expectTexts(["Kept over a reload"]);
});
