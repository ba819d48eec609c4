import { expect } from "@playwright/test";
import { test } from "./support/kith-test.ts";

test("a group of four with roles", async ({ meet }) => {
	const [ada, ben, cleo, dan] = await meet("ada", "ben", "cleo", "dan");
	await ada.startGroup("Allotment", [ben.localpart, cleo.localpart]);
	await ben.join("Allotment");
	await cleo.join("Allotment");
	await ada.openInfo();
	await ada.info.getByRole("button", { name: "Invite someone" }).click();
	await ada.page.getByRole("dialog").getByRole("searchbox").fill(dan.localpart);
	await ada.page.getByRole("dialog").getByText(`@${dan.localpart}:`).click();
	await expect(ada.info.getByRole("region", { name: "Invited" })).toContainText("Dan");
	await dan.join("Allotment");
	await expect(ada.info.getByText("Group of 4")).toBeVisible();

	await ada.actOn("Ben", "Make admin");
	await expect(ada.member("Ben")).toContainText("Admin");
	await ada.actOn("Cleo", "Make moderator");
	await expect(ada.member("Cleo")).toContainText("Moderator");

	// An ordinary member sees who is what, and can make sure that it is they, and no more.
	await dan.openInfo();
	await expect(dan.member("Cleo")).toContainText("Moderator");
	await dan.expectChoices("Cleo", ["Verify"]);
	await expect(dan.info.getByRole("button", { name: "Edit", exact: true })).toHaveCount(0);
	await dan.send("Hello from the gate");
	await dan.message("Hello from the gate").hover();
	await ben.send("Tools are in the shed");
	await dan.message("Tools are in the shed").hover();
	await dan.message("Tools are in the shed").getByRole("button", { name: "More" }).click();
	await expect(dan.page.getByRole("menuitem", { name: "Delete" })).toHaveCount(0);
	await dan.page.keyboard.press("Escape");

	// A moderator removes and bans, but nobody of a higher rank; an admin gives names.
	await cleo.openInfo();
	await cleo.expectChoices("Ben", ["Verify"]);
	await cleo.choose("Hello from the gate", "Delete");
	await cleo.confirm("Delete");
	await expect(dan.message("Message deleted")).toBeVisible();
	await cleo.actOn("Dan", "Remove from chat");
	await expect(cleo.member("Dan")).toHaveCount(0);
	await expect(dan.page.getByText("You’re no longer in this chat.")).toBeVisible();
	await expect(dan.composer).toHaveCount(0);
	await expect(dan.row("Allotment")).toHaveCount(0);

	await ben.openInfo();
	await ben.info.getByRole("button", { name: "Edit", exact: true }).click();
	await ben.page.getByRole("dialog").getByRole("textbox", { name: "Group name" }).fill("Allotment 12");
	await ben.page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
	for (const one of [ada, ben, cleo]) {
		await expect(one.page.getByRole("main", { name: "Allotment 12" })).toBeVisible();
		await expect(one.row("Allotment 12")).toBeVisible();
	}
});
