import { expect } from "@playwright/test";
import { addPeople } from "../../server-process/add-people.ts";
import { createHttpCaller } from "../../server-process/http-caller.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { enterKith } from "../support/enter-kith.ts";
import { type OpenBrowser, test } from "../support/kith-test.ts";
import { type FarAndNear, startFarAndNear } from "../support/two-kiths.ts";

/** What the browser itself writes for an answer that says that another server gave none. */
const noAnswer = /Failed to load resource: the server responded with a status of 502/;

test("the public rooms of another server are looked through from here, and joined", async ({ openBrowser }) => {
	await using kiths = await startFarAndNear();
	const { far, near } = kiths;
	const ada = await far.register("ada");
	for (let at = 1; at <= 31; at += 1)
		await ada.createRoom({ version: "12", name: `Square ${at}`, aliasLocalpart: `s${at}` });
	const ben = await enterKith(openBrowser, near, "ben");
	const { page } = ben;
	const rooms = page.getByRole("list", { name: "Public rooms" }).getByRole("listitem");

	await ben.open("/rooms");
	await ben.tabTo("button", "Another server");
	await page.keyboard.press("Enter");
	await page.keyboard.type("not a server");
	await page.keyboard.press("Enter");
	await expect(page.getByText("That is no name of a server.")).toBeVisible();
	await page.getByRole("textbox", { name: "Server" }).fill(far.name);
	await page.keyboard.press("Enter");
	await expect(page.getByRole("button", { name: far.name, pressed: true })).toBeVisible();
	await expect(rooms).toHaveCount(30);
	await page.getByRole("button", { name: "Show more rooms" }).click();
	await expect(rooms).toHaveCount(31);
	expect(await findAxeFaults(page, "rooms of another server")).toEqual([]);
	await page.getByRole("searchbox", { name: "Name, topic or #name:server" }).fill("square 17");
	await expect(rooms).toHaveCount(1);

	await page.getByRole("link", { name: "Square 17", exact: true }).click();
	await expect(page.getByText(`A room on ${far.name}`)).toBeVisible();
	await page.getByRole("link", { name: "See all public rooms" }).click();
	await expect(page.getByRole("button", { name: far.name, pressed: true })).toBeVisible();
	await page.getByRole("searchbox", { name: "Name, topic or #name:server" }).fill("square 17");
	await page.getByRole("button", { name: "Join Square 17" }).click();
	await expect(page.getByRole("main", { name: "Square 17" })).toBeVisible();
	await ben.send("Found from the other server");

	ben.watch.allow(noAnswer);
	await ben.open("/rooms");
	await page.getByRole("button", { name: far.name, pressed: false }).click();
	await expect(page.getByRole("link", { name: "Open Square 17" })).toBeVisible();
	await page.goto("/rooms?on=localhost:19");
	const alert = page.getByRole("alert").filter({ hasText: "localhost:19 can’t be reached" });
	await expect(alert).toBeVisible();
	expect((await alert.textContent())?.split("localhost:19")).toHaveLength(2);
	expect(await findAxeFaults(page, "a server that does not answer")).toEqual([]);
	await page.context().close();
});

test("a community of another server is looked through and joined from here, and so is a room in it", async ({
	openBrowser,
}) => {
	await using kiths = await startFarAndNear();
	const { far, near } = kiths;
	const [ada] = await addPeople(far.dataFolder, ["ada"], { isSecure: true });
	const api = createHttpCaller(`https://${far.name}`, ada?.cookie ?? "", far.ca);
	const make = async (room: Readonly<Record<string, unknown>>): Promise<string> =>
		((await api.mutate("rooms.create", { transactionId: String(room["name"]), ...room })) as { roomId: string }).roomId;
	const spaceId = await make({ name: "Club", kind: "space", isPublic: true });
	const roomId = await make({ name: "Members", kind: "group" });
	await make({ name: "Square", kind: "public" });
	await api.mutate("rooms.addToSpace", { spaceId, roomId, opensToSpace: true });
	api.close();
	const ben = await enterKith(openBrowser, near, "ben");
	const { page } = ben;

	await ben.open(`/rooms?on=${far.name}`);
	await page.getByRole("link", { name: "Look Club" }).click();
	await expect(page.getByText("Community · 1 person")).toBeVisible();
	// What is for members is nobody else's business.
	await expect(page.getByText("Nothing of this community is for you to see so far.")).toBeVisible();
	await page.getByRole("button", { name: "Join Club" }).click();
	await page.getByRole("button", { name: "Join Members" }).click();
	await expect(page.getByRole("main", { name: "Members" })).toBeVisible();
	await ben.send("Hello members");
	await page.context().close();
});

test("whoever is in a room that was replaced elsewhere goes on in the new one, and looks back", async ({
	openBrowser,
}) => {
	await using kiths = await startFarAndNear();
	const { far } = kiths;
	const { ada, oldId, ben } = await joinSquare(openBrowser, kiths);
	const { page } = ben;

	await ada.upgrade(oldId, "12");
	await ben.tabTo("button", "Go to the new room");
	expect(await findAxeFaults(page, "a room that was replaced")).toEqual([]);
	process.kill(far.pid, "SIGSTOP");
	await page.keyboard.press("Enter");
	await expect(page.getByRole("status").getByText(`Asking ${far.name} …`)).toBeVisible();
	process.kill(far.pid, "SIGCONT");
	await expect(page).not.toHaveURL(new RegExp(encodeURIComponent(oldId)));
	await ben.send("After the move");
	await ben.openInfo();
	await ben.info.getByRole("link", { name: "What was written before the move" }).click();
	await expect(ben.message("Before the move")).toBeVisible();
	await page.getByRole("link", { name: "Go there" }).click();
	await expect(ben.message("After the move")).toBeVisible();
	await page.context().close();
});

test("whoever may not simply come into the room that replaced theirs asks to be let in", async ({ openBrowser }) => {
	await using kiths = await startFarAndNear();
	const { near } = kiths;
	const { ada, oldId, ben } = await joinSquare(openBrowser, kiths);
	const { page } = ben;

	// As other servers replace rooms: nobody is invited into the new one.
	const newId = await ada.upgrade(oldId, "12");
	await ada.setJoinRule(newId, "invite");
	await ada.kick(newId, `@ben:${near.name}`);
	await ben.tabTo("button", "Go to the new room");
	await page.keyboard.press("Enter");
	await expect(page.getByRole("status").getByText("The new room lets nobody in by themselves.")).toBeVisible();
	await ben.tabTo("button", "Ask to be let in");
	await page.keyboard.press("Enter");
	await expect(page.getByText("The new room takes people by invitation.")).toBeVisible();
	expect(await findAxeFaults(page, "a replaced room that takes no knocks")).toEqual([]);
	await ada.setJoinRule(newId, "knock");
	await page.getByRole("button", { name: "Ask to be let in" }).click();
	await expect(page).toHaveURL(new RegExp(encodeURIComponent(newId)));
	expect((await ada.members(newId)).get(`@ben:${near.name}`)).toBe("knock");
	await page.context().close();
});

/** A room of the far server, into which somebody of the near one came. */
async function joinSquare(openBrowser: OpenBrowser, { far, near }: FarAndNear) {
	const ada = await far.register("ada");
	const oldId = await ada.createRoom({ version: "12", name: "Square", aliasLocalpart: "square" });
	const ben = await enterKith(openBrowser, near, "ben");
	await ben.open(`/room/${encodeURIComponent(`#square:${far.name}`)}`);
	await ben.page.getByRole("button", { name: "Join Square" }).click();
	await ben.send("Before the move");
	return { ada, oldId, ben };
}
