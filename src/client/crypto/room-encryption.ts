import type { WireRoomSummary } from "../../shared/wire/room.ts";
import { megolm } from "../../shared/wire/room-encryption.ts";
import { accountDatabase } from "../storage/current-account.ts";
import { clientStore } from "../store/client-store.ts";
import type { RoomEncryption } from "./message-cipher.ts";

/**
 * Rooms that this browser has seen encrypted. A server that says later that one is not is not believed: what is written
 * there would go out in clear.
 */
const seen = new Map<string, RoomEncryption>();

/** How a room is encrypted; `undefined`: it is not, and never was as far as this browser knows. */
export function encryptionOf(roomId: string): RoomEncryption | undefined {
	return seen.get(roomId) ?? clientStore.get().rooms.get(roomId)?.summary?.encryption;
}

/** The row with the encryption that the room once had, whatever the server says of it now. */
export function withSeenEncryption(summary: WireRoomSummary): WireRoomSummary {
	const { roomId, encryption } = summary;
	const known = seen.get(roomId);
	if (encryption === undefined) return known === undefined ? summary : { ...summary, encryption: known };
	if (JSON.stringify(known) !== JSON.stringify(encryption)) remember(roomId, encryption);
	return summary;
}

/** This browser made the room an encrypted one: from its first message on nothing else is believed of it. */
export function noteEncrypted(roomId: string): void {
	if (!seen.has(roomId)) remember(roomId, { algorithm: megolm, historyVisibility: "shared" });
}

function remember(roomId: string, encryption: RoomEncryption): void {
	seen.set(roomId, encryption);
	void keep(roomId, encryption);
}

/** Reads what earlier pages saw; before anything is sent. */
export async function restoreSeenEncryption(): Promise<void> {
	seen.clear();
	const database = await accountDatabase();
	for (const { roomId, encryption } of (await database?.getAll("encryption").catch(() => [])) ?? []) {
		seen.set(roomId, encryption);
	}
}

async function keep(roomId: string, encryption: RoomEncryption): Promise<void> {
	const database = await accountDatabase();
	await database?.put("encryption", { roomId, encryption }).catch(() => undefined);
}
