import type { AiPlace } from "../../shared/assistant/ai-place.ts";
import { accountDatabase } from "../storage/current-account.ts";
import { clientStore } from "../store/client-store.ts";

/** Where this page was told not to ask again, also where the browser keeps nothing. */
const unasked = new Set<string>();

/** A room, and where what is given of it goes: a choice for one place holds for no other. */
export interface AskedPlace {
	readonly roomId: string;
	readonly place: Pick<AiPlace, "kind" | "name">;
}

/** Whether the person wants to be asked, in this browser, before anything of a room goes to the assistant. */
export async function isAskedIn(asked: AskedPlace): Promise<boolean> {
	if (unasked.has(ownPlace(asked))) return false;
	const kept = await (await accountDatabase())?.get("unaskedRooms", keyOf(asked)).catch(() => undefined);
	return kept === undefined;
}

/** Keeps what the person wants, in this browser alone. */
export async function askIn(asked: AskedPlace, isWanted: boolean): Promise<void> {
	if (isWanted) unasked.delete(ownPlace(asked));
	else unasked.add(ownPlace(asked));
	const database = await accountDatabase();
	const roomId = keyOf(asked);
	// What cannot be written holds until the page is left.
	await (isWanted ? database?.delete("unaskedRooms", roomId) : database?.put("unaskedRooms", { roomId }))?.catch(
		() => undefined,
	);
}

/** What one account was told on this page holds for no other. */
function ownPlace(asked: AskedPlace): string {
	return `${clientStore.get().me?.userId} ${keyOf(asked)}`;
}

/** How it is kept: the server's, which was there first, by the room alone. */
function keyOf({ roomId, place: { kind, name } }: AskedPlace): string {
	if (kind === "server") return roomId;
	return kind === "device" ? `device ${roomId}` : `network ${name} ${roomId}`;
}
