import { type WireRoomEncryption, wireHistoryVisibility } from "../../../shared/wire/room.ts";
import type { RoomEncryption } from "../../rooms/append/room-head.ts";

/** The column as it was written from what a room's state says. */
export const storedEncryption = (column: string | null): RoomEncryption | undefined =>
	column === null ? undefined : (JSON.parse(column) as RoomEncryption);

/** The same as clients are told of it; a setting that nobody knows counts as `shared`. */
export const shownEncryption = (column: string | null, historyVisibility: string): WireRoomEncryption | undefined => {
	const encryption = storedEncryption(column);
	if (encryption === undefined) return undefined;
	const known = wireHistoryVisibility.safeParse(historyVisibility);
	return { ...encryption, historyVisibility: known.success ? known.data : "shared" };
};
