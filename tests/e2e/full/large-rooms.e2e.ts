import { expect } from "@playwright/test";
import { addPeople } from "../../server-process/add-people.ts";
import { openServerDatabase } from "../../server-process/server-database.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { enterAt } from "../support/enter-at.ts";
import { test } from "../support/kith-test.ts";
import { startFarAndNear } from "../support/two-kiths.ts";

test("who joins a room of another server sees how far it has come, and that its people still arrive", async ({
	openBrowser,
}) => {
	await using kiths = await startFarAndNear();
	const { far: host, near: guest } = kiths;
	const ada = await host.register("ada");
	await ada.createRoom({ version: "12", name: "Square", aliasLocalpart: "square" });
	const [account] = await addPeople(guest.dataFolder, ["ben"], { isSecure: true });
	if (account === undefined) throw new Error("one person was asked for");
	const open: typeof openBrowser = (address) => openBrowser(address, { ignoreHTTPSErrors: true });
	const ben = await enterAt(open, `https://${guest.name}`, account);
	const { page } = ben;

	await ben.open("/rooms");
	await page.getByRole("searchbox", { name: "Name, topic or #name:server" }).fill(`#square:${host.name}`);
	await page
		.getByRole("link", { name: `Look #square:${host.name}` })
		.last()
		.click();
	const join = page.getByRole("button", { name: "Join Square" });
	await expect(join).toBeVisible();
	process.kill(host.pid, "SIGSTOP");
	await join.click();
	await expect(page.getByRole("status").getByText(`Asking ${host.name} …`)).toBeVisible();
	process.kill(host.pid, "SIGCONT");
	await expect(page).toHaveURL(/\/chat\/!/);
	await expect(page.getByRole("main", { name: "Square" })).toBeVisible();

	await using database = await openServerDatabase(guest.dataFolder);
	await database.query(`INSERT INTO arriving_members (room_nid, join_nid, servers, next_try_at)
		SELECT room_nid, nid, '{gone.example}', now() + interval '1 hour' FROM events WHERE sender = '${account.userId}'`);
	await page.goto(`${page.url()}/info`);
	const about = page.getByRole("complementary", { name: "About" });
	await expect(about.getByText("Its people are still arriving.")).toBeVisible();
	await expect(about.getByText("Public room", { exact: true })).toBeVisible();
	const head = page.getByRole("main").locator("header");
	await expect(head.getByText("At least 2 people")).toBeVisible();
	expect(await findAxeFaults(page, "info while people arrive")).toEqual([]);
	await database.query("UPDATE arriving_members SET last_error = 'timeout'");
	await expect(about.getByText("Its people couldn’t be fetched yet.", { exact: false })).toBeVisible();
	await database.query("DELETE FROM arriving_members");
	await expect(about.getByText("Public room with 2 people")).toBeVisible();
	await expect(head.getByText("2 people", { exact: true })).toBeVisible({ timeout: 10_000 });
	await page.context().close();
});
