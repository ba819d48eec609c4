import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { groupBy } from "../../shared/group-by.ts";
import type { WireRoomProgress } from "../../shared/wire/room.ts";
import type { ReadReceipt, TimelineStore } from "./ports.ts";

/** How far the others in each room have come: what they have read, and what has reached a device of each of them. */
export const readProgress = async (
	store: TimelineStore,
	viewerId: UserId,
	roomNids: readonly number[],
): Promise<ReadonlyMap<number, WireRoomProgress>> => {
	if (roomNids.length === 0) return new Map();
	const [receipts, delivered] = await Promise.all([
		store.readReceipts(roomNids),
		store.readDelivered(roomNids, viewerId),
	]);
	const byRoom = groupBy(receipts, (receipt) => receipt.roomNid);
	return new Map(
		roomNids.map((roomNid) => {
			const position = delivered.get(roomNid);
			return [
				roomNid,
				{
					reads: toReads(byRoom.get(roomNid) ?? [], viewerId),
					...(position === undefined ? {} : { deliveredPosition: String(position) }),
				},
			];
		}),
	);
};

/** The public receipts of the others. */
export const toReads = (receipts: readonly ReadReceipt[], viewerId: UserId): WireRoomProgress["reads"] =>
	receipts
		.filter((receipt) => receipt.isPublic && receipt.userId !== viewerId)
		.map(({ userId, position, ts }) => ({ userId, position: String(position), ts }));
