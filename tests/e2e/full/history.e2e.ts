import { expect } from "@playwright/test";
import { createHttpCaller } from "../../server-process/http-caller.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { type Member, test } from "../support/kith-test.ts";

test("what was written to somebody before they ever signed in is read when they come, though its writer began anew", async ({
	makeAccounts,
	signIn,
}) => {
	const [adaAccount, benAccount] = await makeAccounts("ada", "ben");
	const ada = await signIn(adaAccount);
	await ada.open();
	await ada.startDirectChat(benAccount.localpart);
	await ada.send("Are you there?");
	await ada.expectTick("Are you there?", "Sent");
	// Whom she owes the keys to is not forgotten with the page, nor with its engine.
	const chat = ada.page.url();
	await ada.page.goto("about:blank");
	await ada.page.goto(chat);
	await ada.send("Write when you are");
	await ada.expectTick("Write when you are", "Sent");

	const ben = await signIn(benAccount);
	await ben.open();
	await ben.join("Ada");
	for (const words of ["Are you there?", "Write when you are"]) await expect(ben.message(words)).toBeVisible();
	await ben.send("Here I am");
	await expect(ada.message("Here I am")).toBeVisible();
});

test("who is invited into a group reads what was said in it before", async ({ meet }) => {
	const [ada, ben, cleo] = await meet("ada", "ben", "cleo");
	await ada.startGroup("Harbour", [cleo.localpart]);
	await cleo.join("Harbour");
	await ada.send("The boat leaves at nine");
	await cleo.send("I bring the rope");
	await expect(ada.message("I bring the rope")).toBeVisible();
	await ada.openInfo();
	await ada.info.getByRole("button", { name: "Invite someone" }).click();
	await ada.page.getByRole("dialog").getByRole("searchbox").fill(ben.localpart);
	await ada.page.getByRole("dialog").getByText(`@${ben.localpart}:`).click();
	await ben.join("Harbour");
	await expect(ben.message("The boat leaves at nine")).toBeVisible();
	await expect(ben.message("I bring the rope")).toBeVisible();
	await ben.send("I am in");
	for (const one of [ada, cleo]) await expect(one.message("I am in")).toBeVisible();
});

const fromBefore = "From before you came here.";

/** A chat of somebody alone, in which something was said: its id. */
async function openHarbour(ada: Member): Promise<string> {
	await ada.startGroup("Harbour", []);
	await ada.send("The boat leaves at nine");
	await ada.expectTick("The boat leaves at nine", "Sent");
	return decodeURIComponent(new URL(ada.page.url()).pathname.split("/")[2] ?? "");
}

async function makeLink(ada: Member): Promise<string> {
	await ada.openInfo();
	await ada.info.getByRole("button", { name: "Invite link" }).click();
	const dialog = ada.page.getByRole("dialog");
	await dialog.getByRole("button", { name: "Create link" }).click();
	const link = (await dialog.locator("code").textContent()) ?? "";
	await dialog.getByRole("button", { name: "Close" }).click();
	return link;
}

/** Whom no device invited: nobody handed anything over, which they are told, and they read what is written from then on. */
async function expectBeginsNow(came: Member, other: Member): Promise<void> {
	await expect(came.message(fromBefore)).toHaveCount(1);
	await other.send("Now there is somebody");
	await expect(came.message("Now there is somebody")).toBeVisible();
	await came.send("Here I am");
	await expect(other.message("Here I am")).toBeVisible();
	await came.page.reload();
	await expect(came.message("Now there is somebody")).toBeVisible();
	await expect(came.message(fromBefore)).toHaveCount(1);
	await expect(came.message("The boat leaves at nine")).toHaveCount(0);
}

test("who comes by a link is told what is from before they came, and reads from then on", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openHarbour(ada);
	await ben.page.goto(await makeLink(ada));
	await ben.page.getByRole("button", { name: "Join" }).click();
	await expectBeginsNow(ben, ada);
	expect(await findAxeFaults(ben.page, "a chat with messages from before")).toEqual([]);
});

test("who comes through a community is told what is from before they came, and reads from then on", async ({
	meet,
	server,
}) => {
	const [ada, ben] = await meet("ada", "ben");
	const roomId = await openHarbour(ada);
	const asAda = createHttpCaller(server.address, ada.account.cookie);
	const club = { transactionId: "club", kind: "space", name: "Pilots of the bay", isPublic: true };
	const { roomId: spaceId } = (await asAda.mutate("rooms.create", club)) as { roomId: string };
	await asAda.mutate("rooms.addToSpace", { spaceId, roomId, opensToSpace: true });
	asAda.close();
	await ben.open("/rooms");
	await ben.page.getByRole("searchbox", { name: "Name, topic or #name:server" }).fill("pilots of the bay");
	await ben.page.getByRole("link", { name: "Look Pilots of the bay" }).click();
	await ben.page.getByRole("button", { name: "Join Pilots of the bay" }).click();
	await ben.page.getByRole("button", { name: "Join Harbour" }).click();
	await expectBeginsNow(ben, ada);
});

test("who was in a room that moved reads before and after the move, and who comes later from then on", async ({
	meet,
}) => {
	const [ada, ben, cleo] = await meet("ada", "ben", "cleo");
	await ada.startGroup("Harbour", [ben.localpart]);
	await ben.join("Harbour");
	await ada.send("Before the move");
	await expect(ben.message("Before the move")).toBeVisible();
	await ada.openInfo();
	await ada.info.getByRole("button", { name: "Move to a new room" }).click();
	await ada.confirm("Move the chat");
	await ada.send("The boat leaves at nine");
	await ada.expectTick("The boat leaves at nine", "Sent");
	await ben.page.getByRole("link", { name: "Go there" }).click();
	await expect(ben.message("The boat leaves at nine")).toBeVisible();
	await expect(ben.message(fromBefore)).toHaveCount(0);
	await ben.openInfo();
	await ben.info.getByRole("link", { name: "What was written before the move" }).click();
	await expect(ben.message("Before the move")).toBeVisible();

	await cleo.page.goto(await makeLink(ada));
	await cleo.page.getByRole("button", { name: "Join" }).click();
	await expectBeginsNow(cleo, ada);
});
