import { expect } from "@playwright/test";
import type { TestFixtures, WorkerFixtures } from "./kith-test.ts";
import { openDirectChat } from "./open-direct-chat.ts";
import { lostConnection } from "./watch-context.ts";

/** Two people write to each other while their server is stopped and started again. */
export async function comeBackAfter(
	how: "SIGTERM" | "SIGKILL",
	{ server, meet }: Pick<TestFixtures & WorkerFixtures, "server" | "meet">,
): Promise<void> {
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
}
