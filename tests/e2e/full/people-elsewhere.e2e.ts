import { expect } from "@playwright/test";
import { addPeople } from "../../server-process/add-people.ts";
import { enterAt } from "../support/enter-at.ts";
import { test, type Visitor } from "../support/kith-test.ts";
import { startFarAndNear } from "../support/two-kiths.ts";
import { refusal } from "../support/watch-context.ts";

const secure = { isSecure: true } as const;

test("people of two servers find each other, invite, join by address and write", async ({ openBrowser }) => {
	await using kiths = await startFarAndNear();
	const { far: first, near: second } = kiths;
	const enter = async (kith: typeof first, name: string): Promise<Visitor> => {
		const [account] = await addPeople(kith.dataFolder, [name], secure);
		if (account === undefined) throw new Error("one person was asked for");
		const open: typeof openBrowser = (address) => openBrowser(address, { ignoreHTTPSErrors: true });
		return enterAt(open, `https://${kith.name}`, account);
	};
	const ada = await enter(first, "ada");
	const ben = await enter(second, "ben");
	await ben.open();

	await ada.open("/new");
	const search = ada.page.getByRole("searchbox", { name: "Name or username" });
	ada.watch.allow(refusal);
	await search.fill("@nobody:localhost:19");
	await expect(ada.page.getByText("That server doesn’t answer. Try again later.")).toBeVisible();
	await search.fill(`@nobody:${second.name}`);
	await expect(ada.page.getByText("Nobody has this name.")).toBeVisible();
	await search.fill(`@ben:${second.name}`);
	await ada.page.getByRole("list", { name: "People found" }).getByRole("button").click();
	await expect(ada.page.getByRole("main", { name: "ben" })).toBeVisible();

	await ada.send("Written before you came");
	await ben.list.getByRole("link", { name: /ada invites you/i }).click();
	await expect(ben.page.getByText(`@ada:${first.name}`)).toBeVisible();
	await ben.page.getByRole("button", { name: "Join" }).click();
	// It is on the other server alone, which is asked for it by itself.
	await expect(ben.message("Written before you came")).toBeVisible();
	await ben.send("Hello from the other server");
	await expect(ada.message("Hello from the other server")).toBeVisible();
	await ada.send("And back");
	await expect(ben.message("And back")).toBeVisible();

	await ada.open("/new-group");
	await ada.page.getByRole("textbox", { name: "Group name" }).fill("Square");
	await ada.page.getByRole("radio", { name: /^Everybody/ }).check();
	await ada.page.getByRole("textbox", { name: "Address" }).fill("square");
	await ada.page.getByRole("button", { name: "Create group" }).click();
	await expect(ada.page.getByRole("main", { name: "Square" })).toBeVisible();
	await ben.open("/rooms");
	await ben.page.getByRole("searchbox", { name: "Name, topic or #name:server" }).fill(`#square:${first.name}`);
	await ben.page.getByRole("link", { name: `Look #square:${first.name}` }).click();
	await expect(ben.page.getByRole("heading", { name: "Square", level: 2 })).toBeVisible();
	await ben.page.getByRole("button", { name: "Join Square" }).click();
	await expect(ben.page.getByRole("main", { name: "Square" })).toBeVisible();
	await ben.send("Found it");
	await expect(ada.message("Found it")).toBeVisible();
	// Before their servers end.
	for (const one of [ada, ben]) await one.page.context().close();
});
