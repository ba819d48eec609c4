import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { readRunningDatabase } from "../../../src/server/cli/running-database.ts";
import { addPeople } from "../../server-process/add-people.ts";
import { portOf, type ServerProcess, startServerProcess } from "../../server-process/start-server-process.ts";
import { enterAt } from "../support/enter-at.ts";
import { test } from "../support/kith-test.ts";
import { makeOwner } from "../support/name-people.ts";
import type { TestServer } from "../support/test-server.ts";
import { lostConnection } from "../support/watch-context.ts";

const shared = { KITH_BUS: "postgres", KITH_SERVER_NAME: "two.example" };

test("two server processes on one database serve one conversation", async ({ startServer, openBrowser }) => {
	const first = await startServer(shared);
	const [adaAccount, benAccount] = await addPeople(first.dataFolder, ["ada", "ben"]);
	if (adaAccount === undefined || benAccount === undefined) throw new Error("two people were asked for");
	await makeOwner(first.dataFolder, adaAccount.userId);
	await using second = await startBeside(first);
	const ada = await enterAt(openBrowser, first.address, adaAccount);
	const ben = await enterAt(openBrowser, second.origin, benAccount);
	for (const one of [ada, ben]) await one.open();

	await ada.startDirectChat("ben");
	await ben.join("Ada");
	await ada.send("Written to the first process");
	await expect(ben.message("Written to the first process")).toBeVisible();
	await ada.expectTick("Written to the first process", "Read");
	await ben.send("Written to the second process");
	await ben.choose("Written to the second process", "Edit");
	await ben.composer.fill("Changed at the second process");
	await ben.composer.press("Enter");
	await ada.choose("Changed at the second process", "React with 👍");
	await expect(ben.message("Changed").getByRole("button", { name: "👍, 1 person" })).toBeVisible();

	// One process is killed and comes back; whoever is at the other one does not notice.
	ben.watch.allow(lostConnection);
	await second.kill();
	await expect(ben.netBar).toBeVisible();
	await ada.send("While the second process was away");
	await ada.expectTick("While the second process was away", "Sent");
	await using again = await startBeside(first, portOf(second));
	expect(again.origin).toBe(second.origin);
	await expect(ben.message("While the second process was away")).toBeVisible({ timeout: 40_000 });
	await ada.expectTick("While the second process was away", "Read");
	const texts = ["Written to the first process", "Changed at the second process", "While the second process was away"];
	for (const one of [ada, ben]) await one.expectTexts(texts);
});

/** A second process on the first one's database, with the same secrets, as a second machine would have. */
async function startBeside(first: TestServer, port?: number): Promise<ServerProcess> {
	const running = await readRunningDatabase(first.dataFolder);
	if (running === undefined) throw new Error("the first process does not run");
	const dataFolder = `${first.dataFolder}-second`;
	await mkdir(dataFolder, { recursive: true, mode: 0o700 });
	for (const file of ["secrets.json", "signing.key"]) {
		await copyFile(join(first.dataFolder, file), join(dataFolder, file));
	}
	const env = { ...shared, DATABASE_URL: running.connectionString };
	return startServerProcess({ dataFolder, env, ...(port !== undefined && { port }) });
}
