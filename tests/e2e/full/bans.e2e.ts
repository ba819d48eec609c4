import { expect } from "@playwright/test";
import { test } from "../support/kith-test.ts";

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
