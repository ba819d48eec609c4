import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import { loadRenderer } from "./aggregate.ts";
import { openRoom } from "./open-room.ts";
import type { TimelineStore } from "./ports.ts";
import { roomRanges } from "./sight.ts";
import { everything } from "./visible-ranges.ts";
import { walkRooms } from "./walk-rooms.ts";
import { cursorAs, fromWirePosition } from "./wire-position.ts";

export interface PageQuery {
	readonly roomId: RoomId;
	readonly direction: "backwards" | "forwards";
	/** Exclusive stream position; absent: from the end that the direction leads away from. */
	readonly cursor?: string | undefined;
	readonly limit: number;
}

export interface TimelinePage {
	/** Oldest first. */
	readonly items: WireEvent[];
	/** Present while there may be more, even when `items` is empty. */
	readonly nextCursor?: string;
	/** Edits and reactions up to this stream position are folded in: whoever follows the stream applies later ones. */
	readonly asOf: string;
}

/** A page of a room's timeline. Throws `not-found` for a room that the reader may see nothing of. */
export const readPage = async (store: TimelineStore, viewerId: UserId, query: PageQuery): Promise<TimelinePage> => {
	const { roomNid, sight, asOf } = await openRoom(store, viewerId, query.roomId);
	const { direction, limit } = query;
	const cursor = query.cursor === undefined ? undefined : fromWirePosition(query.cursor);
	const span =
		direction === "backwards"
			? { low: everything.low, high: cursor === undefined ? asOf : Math.min(asOf, cursor - 1) }
			: { low: cursor === undefined ? everything.low : cursor + 1, high: asOf };
	const rooms = [roomRanges(sight, roomNid, span)];
	const [walk] = await walkRooms(store, { rooms, direction, limit, events: "rows" });
	const records = walk?.records ?? [];
	const ranges = roomRanges(sight, roomNid, { low: everything.low, high: asOf });
	const render = await loadRenderer(store, viewerId, { records, ranges });
	return { items: records.map(render), ...cursorAs("nextCursor", walk?.nextCursor), asOf: String(asOf) };
};
