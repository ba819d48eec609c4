import type { Page } from "@playwright/test";

interface NewRoom {
	readonly kind: "direct" | "group" | "public";
	readonly name?: string;
	readonly inviteeIds?: readonly string[];
}

/** Makes a room as an older client would: not encrypted. */
export async function makeRoom(page: Page, room: NewRoom): Promise<void> {
	const status = await page.evaluate(async (wanted) => {
		const body = JSON.stringify({ ...wanted, transactionId: crypto.randomUUID() });
		const headers = { "Content-Type": "application/json" };
		return (await fetch("/api/trpc/rooms.create", { method: "POST", headers, body })).status;
	}, room);
	if (status !== 200) throw new Error(`the room was not made: ${status}`);
}
