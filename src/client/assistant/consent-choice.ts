import { accountDatabase } from "../storage/current-account.ts";
import { clientStore } from "../store/client-store.ts";

/** Where this page was told not to ask again, also where the browser keeps nothing. */
const unasked = new Set<string>();

/** Whether the person wants to be asked, in this browser, before anything of a room goes to the assistant. */
export async function isAskedIn(roomId: string): Promise<boolean> {
	if (unasked.has(ownPlace(roomId))) return false;
	const kept = await (await accountDatabase())?.get("unaskedRooms", roomId).catch(() => undefined);
	return kept === undefined;
}

/** Keeps what the person wants, in this browser alone. */
export async function askIn(roomId: string, isWanted: boolean): Promise<void> {
	if (isWanted) unasked.delete(ownPlace(roomId));
	else unasked.add(ownPlace(roomId));
	const database = await accountDatabase();
	// What cannot be written holds until the page is left.
	await (isWanted ? database?.delete("unaskedRooms", roomId) : database?.put("unaskedRooms", { roomId }))?.catch(
		() => undefined,
	);
}

/** What one account was told on this page holds for no other. */
function ownPlace(roomId: string): string {
	return `${clientStore.get().me?.userId} ${roomId}`;
}
