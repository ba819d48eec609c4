import type { EventId, RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import { loadRenderer } from "./aggregate.ts";
import { type OpenRoom, openRoom } from "./open-room.ts";
import type { TimelineRecord, TimelineStore } from "./ports.ts";
import { roomRanges } from "./sight.ts";
import { everything, isWithin } from "./visible-ranges.ts";
import { walkRooms } from "./walk-rooms.ts";
import { cursorAs } from "./wire-position.ts";

export interface AroundQuery {
	readonly roomId: RoomId;
	readonly eventId: EventId;
	readonly limit: number;
}

export interface TimelineAround {
	/** Oldest first, the event among them. */
	readonly items: WireEvent[];
	readonly olderCursor?: string;
	readonly newerCursor?: string;
	/** As in `TimelinePage`. */
	readonly asOf: string;
}

/**
 * The timeline on both sides of an event; of an edit or a reaction, around the message it belongs to. Throws `not-found`
 * for an event that the reader may not see.
 */
export const readAround = async (
	store: TimelineStore,
	viewerId: UserId,
	{ roomId, eventId, limit }: AroundQuery,
): Promise<TimelineAround> => {
	const room = await openRoom(store, viewerId, roomId);
	const { position } = await findRow(store, room, eventId);
	const olderLimit = Math.ceil(limit / 2);
	const newerLimit = limit - olderLimit;
	const within = (low: number, high: number) => [roomRanges(room.sight, room.roomNid, { low, high })];
	const [[older], [newer]] = await Promise.all([
		walkRooms(store, {
			rooms: within(everything.low, position),
			direction: "backwards",
			events: "rows",
			limit: olderLimit,
		}),
		newerLimit === 0
			? [{ records: [], nextCursor: position }]
			: walkRooms(store, {
					rooms: within(position + 1, room.asOf),
					direction: "forwards",
					events: "rows",
					limit: newerLimit,
				}),
	]);
	const records = [...(older?.records ?? []), ...(newer?.records ?? [])];
	const [ranges = []] = within(everything.low, room.asOf);
	const render = await loadRenderer(store, viewerId, { records, ranges });
	return {
		items: records.map(render),
		...cursorAs("olderCursor", older?.nextCursor),
		...cursorAs("newerCursor", newer?.nextCursor),
		asOf: String(room.asOf),
	};
};

const findRow = async (store: TimelineStore, room: OpenRoom, eventId: EventId): Promise<TimelineRecord> => {
	const found = await store.findEvent(room.roomNid, eventId);
	if (found === undefined || !isWithin(room.sight.ranges, found.position)) throw new AppError("not-found");
	if (isRow(found)) return found;
	const target = found.relation && (await store.findEvent(room.roomNid, found.relation.eventId));
	if (target === undefined || !isRow(target) || !isWithin(room.sight.ranges, target.position))
		throw new AppError("not-found");
	return target;
};

/** It is shown for itself, and not as a part of another one. */
const isRow = ({ relation }: TimelineRecord): boolean =>
	relation === undefined || relation.kind === "reply" || relation.kind === "reference";
