import { readFile, writeFile } from "node:fs/promises";
import { expect, type Locator } from "@playwright/test";
import { startTestKiths } from "../../interop/test-kith.ts";
import { movingGif } from "../../setup/moving-gif.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { buildWhenStale } from "../support/build-when-stale.ts";
import { enterKith } from "../support/enter-kith.ts";
import { countKept, keeps } from "../support/kept-data.ts";
import { type Member, test } from "../support/kith-test.ts";
import { makeRoom } from "../support/make-room.ts";
import { openDirectChat, openPlainChat } from "../support/open-direct-chat.ts";
import { attachPhoto, encryptOpenChat, photosOf, sendPhoto, storedFiles, widthOf } from "../support/photo-screen.ts";
import { takePhoto } from "../support/test-photo.ts";
import { lostConnection, refusal } from "../support/watch-context.ts";

/** A chat of two that is not encrypted. */
async function openPlainGroup(ada: Member, ben: Member): Promise<void> {
	await makeRoom(ada.page, { kind: "group", name: "Shed", inviteeIds: [ben.account.userId] });
	await ada.openChat("Shed");
	await ben.join("Shed");
}

test("a photo waits over a reload, goes out when it can, and can be called back", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await encryptOpenChat(ada);
	ada.watch.allow(lostConnection);
	await ada.page.route(/\/api\/files\/[0-9a-f]{32}$/, (route) => route.abort());
	await sendPhoto(ada, "From the train");
	await sendPhoto(ada, "Not this one");
	await ada.expectTick("From the train", "Waiting");
	await expect.poll(() => countKept(ada, "outgoingFiles")).toBe(4);
	expect(await keeps(ada, "From the train")).toBe(false);
	await ada.page.reload();
	await expect.poll(() => widthOf(photosOf(ada).first().locator("img"))).toBe(800);
	expect(await findAxeFaults(ada.page, "photos that wait")).toEqual([]);
	await ada.message("Not this one").getByRole("button", { name: "Don’t send it" }).click();
	await expect(ada.message("Not this one")).toHaveCount(0);
	await ada.page.unroute(/\/api\/files\/[0-9a-f]{32}$/);
	await expect.poll(() => widthOf(photosOf(ben).locator("img")), { timeout: 40_000 }).toBe(800);
	await ada.expectTick("From the train", "Read");
	await expect(ben.message("Not this one")).toHaveCount(0);
	await expect.poll(() => countKept(ada, "outgoingFiles")).toBe(0);
});

test("a photo that was changed on the server is told in words, and shown when it is what was sent", async ({
	meet,
	server,
}) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await encryptOpenChat(ada);
	await ben.open("/chat");
	const before = new Set(await storedFiles(server.dataFolder));
	await sendPhoto(ada, "The real one");
	await ada.expectTick("The real one", "Delivered");
	const files = (await storedFiles(server.dataFolder)).filter((path) => !before.has(path));
	const contents = await Promise.all(files.map((path) => readFile(path)));
	for (const [index, path] of files.entries()) {
		const changed = Buffer.from(contents[index] ?? Buffer.alloc(0));
		changed[50] = (changed[50] ?? 0) ^ 1;
		await writeFile(path, changed);
	}
	await ben.openChat("Ada");
	const message = ben.message("The real one");
	await expect(message).toContainText("This is not the photo that was sent");
	await expect(message.locator("img")).toHaveCount(0);
	expect(await findAxeFaults(ben.page, "a photo that was changed")).toEqual([]);
	for (const [index, path] of files.entries()) await writeFile(path, contents[index] ?? Buffer.alloc(0));
	await message.getByRole("button", { name: "Try again" }).click();
	await expect.poll(() => widthOf(message.locator("img"))).toBe(800);
});

test("a deleted photo is gone from the server too", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openDirectChat(ada, ben);
	await encryptOpenChat(ada);
	const fetched: string[] = [];
	ben.page.on("response", (response) => {
		if (/\/api\/files\/[^/]+\/[^/]+$/.test(response.url())) fetched.push(response.url());
	});
	await sendPhoto(ada, "By mistake");
	await expect.poll(() => widthOf(photosOf(ben).locator("img"))).toBe(800);
	await ada.choose("By mistake", "Delete");
	await ada.confirm("Delete");
	await expect(ben.message("Message deleted")).toBeVisible();
	await expect(photosOf(ben)).toHaveCount(0);
	ben.watch.allow(refusal);
	const status = (url: string) =>
		ben.page.evaluate(async (address) => (await fetch(address, { cache: "no-store" })).status, url);
	expect(fetched.length).toBeGreaterThan(0);
	for (const url of [...fetched]) expect(await status(url)).toBe(404);
});

test("photos in clear are pasted and dropped, answered, reacted to, and their captions changed", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openPlainGroup(ada, ben);
	const { buffer } = await takePhoto(ada.page);
	const bytes = [...buffer];
	for (const how of ["paste", "drop"] as const) {
		await ada.composer.evaluate(
			(field, { kind, content }) => {
				const data = new DataTransfer();
				data.items.add(new File([new Uint8Array(content)], "IMG_1.jpg", { type: "image/jpeg" }));
				const options = { bubbles: true, cancelable: true };
				field.dispatchEvent(
					kind === "paste"
						? new ClipboardEvent("paste", { ...options, clipboardData: data })
						: new DragEvent("drop", { ...options, dataTransfer: data }),
				);
			},
			{ kind: how, content: bytes },
		);
	}
	const tray = ada.page.getByRole("list", { name: "Photos to send" });
	await expect(tray.getByRole("img")).toHaveCount(2);
	expect(await findAxeFaults(ada.page, "photos to send")).toEqual([]);
	await ada.tabTo("button", "Don’t send IMG_1.jpg");
	await ada.page.keyboard.press("Enter");
	await expect(tray.getByRole("img")).toHaveCount(1);
	await ada.composer.fill("Our boat");
	await ada.composer.press("Enter");
	await expect(ben.page.getByText("Ada: Photo: Our boat")).toBeAttached();
	await expect.poll(() => widthOf(photosOf(ben).locator("img"))).toBe(800);
	await ben.choose("Our boat", "React with 👍");
	await expect(ada.message("Our boat").getByRole("button", { name: "👍, 1 person" })).toBeVisible();
	// The newest own message is changed by the arrow key: words are put in and taken away.
	await ada.composer.press("ArrowUp");
	await expect(ada.composer).toHaveValue("Our boat");
	await ada.composer.fill("Our old boat");
	await ada.composer.press("Enter");
	await ben.choose("Our old boat", "Reply");
	await ben.send("What is she called?");
	await expect(ada.message("What is she called?").getByRole("button", { name: "Photo: Our old boat" })).toBeVisible();
	await ada.composer.press("ArrowUp");
	await ada.composer.fill("");
	await ada.composer.press("Enter");
	for (const reload of [false, true]) {
		if (reload) await ben.page.reload();
		await expect(photosOf(ben)).toHaveAccessibleName("Open the photo from Ada");
		await expect(ben.message("What is she called?").getByRole("button", { name: /Photo$/ })).toBeVisible();
		await expect.poll(() => widthOf(photosOf(ben).locator("img"))).toBe(800);
	}
});

test("what cannot be sent as a photo, or be kept, is said", async ({ meet }) => {
	const [ada, ben] = await meet("ada", "ben");
	await openPlainGroup(ada, ben);
	const input = ada.page.getByLabel("Attach photos").first();
	const alert = ada.page.getByRole("form", { name: "Write a message" }).getByRole("alert");
	for (const [mimeType, content] of [
		["image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"],
		["image/png", "<!doctype html>"],
	] as const) {
		await input.setInputFiles({ name: "drawing.png", mimeType, buffer: Buffer.from(content) });
		await expect(alert).toContainText("This is no picture that can be sent here.");
		await alert.getByRole("button", { name: "Close" }).click();
		await expect(alert).toHaveCount(0);
	}
	await ada.page.evaluate(() => {
		const { put } = IDBObjectStore.prototype;
		IDBObjectStore.prototype.put = function (...record: Parameters<typeof put>) {
			if (this.name === "outgoingFiles") throw new DOMException("full", "QuotaExceededError");
			return put.apply(this, record);
		};
	});
	await attachPhoto(ada);
	await ada.composer.press("Enter");
	await expect(alert).toContainText("Leave this page open until it is sent.");
	await expect.poll(() => widthOf(photosOf(ben).locator("img"))).toBe(800);
});

test("an encrypted photo reaches somebody of another server", async ({ openBrowser }) => {
	// Two servers start, and may have to be built first.
	test.setTimeout(240_000);
	await buildWhenStale();
	await using kiths = await startTestKiths(2, { roomVersion: "12" });
	const [far, near] = kiths.all;
	if (far === undefined || near === undefined) throw new Error("two servers were asked for");
	const ada = await enterKith(openBrowser, near, "ada");
	const ben = await enterKith(openBrowser, far, "ben");
	await ada.open();
	await ben.open();
	await ada.list.getByRole("link", { name: "New chat" }).click();
	await ada.page.getByRole("searchbox", { name: "Name or username" }).fill(`@ben:${far.name}`);
	await ada.page.getByRole("list", { name: "People found" }).getByRole("button").click();
	await ben.join("Ada");
	await encryptOpenChat(ada);
	await ben.send("Is it there yet?");
	await expect(ada.message("Is it there yet?")).toBeVisible();
	await sendPhoto(ada, "From the other server");
	await expect.poll(() => widthOf(photosOf(ben).locator("img")), { timeout: 40_000 }).toBe(800);
	await photosOf(ben).click();
	await expect.poll(() => widthOf(ben.page.getByRole("dialog").getByRole("img"))).toBe(1200);
	for (const kith of [near, far]) {
		const files = await Promise.all((await storedFiles(kith.dataFolder).catch(() => [])).map((path) => readFile(path)));
		for (const file of files) expect(file.includes("WEBPVP8")).toBe(false);
	}
	// What was fetched once is kept: the other server is not asked again.
	await ben.page.keyboard.press("Escape");
	await ben.page.reload();
	await expect.poll(() => widthOf(photosOf(ben).locator("img"))).toBe(800);
	// The servers end before the browsers do.
	for (const one of [ada, ben]) one.watch.allow(lostConnection);
});

/** A picture as other clients send it: its bytes as they are, without a small one beside it. */
async function sendAsItIs({ page }: Member, content: Buffer): Promise<void> {
	const roomId = decodeURIComponent(new URL(page.url()).pathname.split("/")[2] ?? "");
	await page.evaluate(
		async ([room, bytes]) => {
			const send = async (path: string, request: RequestInit) => (await fetch(path, request)).json();
			const uploadId = crypto.randomUUID().replaceAll("-", "");
			const { contentUri } = await send(`/api/files/${uploadId}`, {
				method: "PUT",
				body: new Uint8Array(bytes),
				headers: { "content-type": "image/gif" },
			});
			const info = { mimetype: "image/gif", w: 160, h: 120, size: bytes.length };
			const names = { filename: "wave.gif", body: "wave.gif" };
			const message = { roomId: room, transactionId: crypto.randomUUID(), url: contentUri, ...names, info };
			const headers = { "content-type": "application/json" };
			await send("/api/trpc/messages.sendPicture", { method: "POST", body: JSON.stringify(message), headers });
		},
		[roomId, [...content]] as const,
	);
}

const sourceOf = (image: Locator): Promise<string> => image.evaluate(({ src }: HTMLImageElement) => src);

test("a picture that moves stands still in the conversation, and plays under the mouse and by itself", async ({
	meet,
}) => {
	const [ada, ben] = await meet("ada", "ben");
	await openPlainChat(ada, ben);
	await sendAsItIs(
		ada,
		movingGif([
			[255, 0, 0],
			[0, 0, 255],
		]),
	);
	const photo = ben.conversation.getByRole("button", { name: "Open the moving photo from Ada" });
	const image = photo.locator("img");
	await expect.poll(() => widthOf(image)).toBe(160);
	const still = await sourceOf(image);
	await photo.hover();
	await expect.poll(() => sourceOf(image)).not.toBe(still);
	const moving = await sourceOf(image);
	await ben.composer.hover();
	await expect.poll(() => sourceOf(image)).toBe(still);
	await photo.press("Enter");
	const viewer = ben.page.getByRole("dialog", { name: "Photo from Ada" });
	const alone = viewer.getByRole("img");
	await expect.poll(() => sourceOf(alone)).toBe(moving);
	await viewer.getByRole("button", { name: "Pause" }).press("Enter");
	await expect.poll(() => sourceOf(alone)).toBe(still);
	expect(await findAxeFaults(ben.page, "a moving picture by itself")).toEqual([]);
	await ben.page.keyboard.press("Escape");

	// Who wants less motion sees none that they did not ask for.
	await ben.page.emulateMedia({ reducedMotion: "reduce" });
	await photo.hover();
	await photo.press("Enter");
	await expect.poll(() => sourceOf(alone)).toBe(still);
	expect(await sourceOf(image)).toBe(still);
	await viewer.getByRole("button", { name: "Play" }).press("Enter");
	await expect.poll(() => sourceOf(alone)).toBe(moving);
});
