import type { RowBatch } from "../../rooms/public.ts";
import { receivedBatch } from "../receiving/received-batch.ts";
import type { ArrivingRoom, ArrivingStore } from "./ports.ts";

/**
 * Has everybody here read the room anew, because what was shown of it no longer holds: an event does not count after all, or
 * has its words again. Call it before the batch's position goes into the room's row.
 */
export const renewRoom = async (
	arriving: Pick<ArrivingStore, "membersHere">,
	rows: RowBatch,
	{ roomNid }: Pick<ArrivingRoom, "roomNid">,
): Promise<void> => {
	const { received } = receivedBatch(rows);
	for (const userId of await arriving.membersHere(roomNid)) {
		rows.position += 1;
		received.marks.push({ roomNid, stateKey: userId, position: rows.position, value: "join" });
	}
	received.renewed.push(roomNid);
};
