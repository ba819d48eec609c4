import { expect, type Page } from "@playwright/test";
import { sharedPassword } from "../../server-process/add-people.ts";
import { askForApproval } from "../support/ask-for-approval.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { answerAndCompare } from "../support/compare-emoji.ts";
import { test } from "../support/kith-test.ts";
import { openDirectChat } from "../support/open-direct-chat.ts";

const codeName = "Code for the other device to scan";

/** A camera that sees nothing until it is shown something: a picture that the test draws. */
async function giveCamera(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const canvas = document.createElement("canvas");
		[canvas.width, canvas.height] = [640, 480];
		const context = canvas.getContext("2d");
		context?.fillRect(0, 0, 640, 480);
		const stream = canvas.captureStream(10);
		const camera = { kind: "videoinput", deviceId: "drawn", label: "", groupId: "" } as MediaDeviceInfo;
		navigator.mediaDevices.getUserMedia = async () => stream;
		navigator.mediaDevices.enumerateDevices = async () => [camera];
		Object.assign(globalThis, {
			showToCamera: (path: string, size: number) => {
				if (context === null) return;
				context.fillStyle = "#888";
				context.fillRect(0, 0, 640, 480);
				context.setTransform(400 / size, 0, 0, 400 / size, 120, 40);
				context.fillStyle = "#fff";
				context.fillRect(0, 0, size, size);
				context.fillStyle = "#000";
				context.fill(new Path2D(path));
				context.setTransform(1, 0, 0, 1, 0, 0);
			},
		});
	});
}

/** Holds the code that one page shows before the camera of another. */
async function hold(from: Page, to: Page, change: (path: string) => string = (path) => path): Promise<void> {
	const code = from.getByRole("img", { name: codeName });
	const size = Number((await code.getAttribute("viewBox"))?.split(" ")[2]);
	const path = change((await code.locator("path").last().getAttribute("d")) ?? "");
	await to.evaluate(
		([drawn, side]) =>
			(globalThis as unknown as { showToCamera: (p: string, s: number) => void }).showToCamera(drawn, side),
		[path, size] as const,
	);
}

test("a new browser is let in by the code that it shows", async ({
	server,
	makeAccounts,
	signIn: enter,
	openBrowser,
}) => {
	const [account] = await makeAccounts("quinn");
	const { page: old } = await enter(account);
	await giveCamera(old);
	await old.goto("/you/devices");
	await expect(old.getByText("Verified", { exact: true })).toHaveCount(1);
	const fresh = await askForApproval(await openBrowser(server.address), server.address, account.localpart);
	await old.getByRole("button", { name: "Yes, it’s me" }).click();
	await old.getByRole("button", { name: "Scan its code" }).click();
	await expect(old.getByRole("dialog", { name: "Scan the code" })).toBeVisible();
	expect(await findAxeFaults(old, "scanning")).toEqual([]);
	await expect(fresh.getByRole("img", { name: codeName })).toBeVisible();
	expect(await findAxeFaults(fresh, "showing a code")).toEqual([]);
	await hold(fresh, old);
	await expect(old.getByRole("dialog", { name: "The code is right" })).toBeVisible();
	await fresh.getByRole("button", { name: "Yes, it says so" }).click();
	await expect(fresh.getByRole("heading", { name: "Your messages are open" })).toBeVisible();
	await old.getByRole("dialog", { name: "The device is approved" }).getByRole("button", { name: "Done" }).click();
	await expect(old.getByText("Verified", { exact: true })).toHaveCount(2);
});

test("a sign-in that was not the person is sent away", async ({ server, makeAccounts, signIn: enter, openBrowser }) => {
	const [account] = await makeAccounts("nell");
	const { page: old } = await enter(account);
	await old.goto("/you/devices");
	await expect(old.getByText("Verified", { exact: true })).toHaveCount(1);
	const fresh = await askForApproval(await openBrowser(server.address), server.address, account.localpart);
	await old.getByRole("button", { name: "No, it was not me" }).click();
	const asked = old.getByRole("dialog", { name: "Sign that device out?" });
	expect(await findAxeFaults(old, "signing a stranger out")).toEqual([]);
	await expect(fresh.getByText("It was declined on the other device.")).toBeVisible();
	await asked.getByRole("textbox", { name: "Your password" }).fill(sharedPassword);
	await asked.getByRole("button", { name: "Sign it out" }).click();
	await old.getByRole("link", { name: "Change my password" }).click();
	await expect(old).toHaveURL(/\/you\/security$/);
	await expect(fresh).toHaveURL(/\/sign-in/);
});

test("two people verify each other, and see it", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await ada.openInfo();
	await ada.actOn(ben.displayName, "Verify");
	await expect(ada.page.getByRole("dialog", { name: `Waiting for ${ben.displayName}` })).toBeVisible();
	await expect(ben.page.getByRole("button", { name: "Compare now" })).toBeVisible();
	expect(await findAxeFaults(ben.page, "being asked by another person")).toEqual([]);
	await answerAndCompare(ada.page, ben.page);
	await expect(ada.info.getByText("Verified by you")).toHaveCount(1);
});
