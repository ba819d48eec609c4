import type { WireRoomProgress } from "../../shared/wire/room.ts";
import { comparePositions } from "./position.ts";

/** What the ticks of a room are made of. */
export interface TickFacts {
	readonly progress: WireRoomProgress;
	readonly joinedCount: number;
}

/** How far an own message that the server has stored has come: read means that everybody else has read it. */
export function tickOf(position: string, { progress, joinedCount }: TickFacts): "sent" | "delivered" | "read" {
	const others = joinedCount - 1;
	const readers = progress.reads.filter((read) => comparePositions(read.position, position) >= 0).length;
	if (others > 0 && readers >= others) return "read";
	const { deliveredPosition } = progress;
	const isDelivered = deliveredPosition !== undefined && comparePositions(deliveredPosition, position) >= 0;
	return others > 0 && isDelivered ? "delivered" : "sent";
}
