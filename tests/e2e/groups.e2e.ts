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

test("banned people stay out until the ban is lifted, and whoever leaves is gone", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await ada.startGroup("Choir", [ben.localpart]);
	await ben.join("Choir");
	await ada.openInfo();
	await ada.actOn("Ben", "Ban");
	await expect(ada.info.getByRole("region", { name: "Banned" })).toContainText("Ben");
	await expect(ben.page.getByText("You were banned from this chat.")).toBeVisible();
	await expect(ben.composer).toHaveCount(0);

	await ada.info.getByRole("button", { name: "Invite someone" }).click();
	await ada.page.getByRole("dialog").getByRole("searchbox").fill(ben.localpart);
	await ada.page.getByRole("dialog").getByText(`@${ben.localpart}:`).click();
	await expect(ada.page.getByRole("dialog").getByText("You’re not allowed to do that here.")).toBeVisible();
	await ada.page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();

	await ada.actOn("Ben", "Lift the ban");
	await expect(ada.info.getByRole("region", { name: "Banned" })).toHaveCount(0);
	await ada.info.getByRole("button", { name: "Invite someone" }).click();
	await ada.page.getByRole("dialog").getByRole("searchbox").fill(ben.localpart);
	await ada.page.getByRole("dialog").getByText(`@${ben.localpart}:`).click();
	await ben.page.goto("/chat");
	await ben.join("Choir");
	await ben.send("Back again");
	await expect(ada.message("Back again")).toBeVisible();

	await ben.openInfo();
	await ben.info.getByRole("button", { name: "Leave" }).click();
	await ben.confirm("Leave");
	await expect(ben.page).toHaveURL(/\/chat$/);
	await expect(ben.row("Choir")).toHaveCount(0);
	await expect(ada.conversation.getByText("Ben left")).toBeVisible();
	await expect(ada.member("Ben")).toHaveCount(0);
});
