import type { WireEvent } from "../../shared/wire/event.ts";
import type { WireRoomProgress, WireRoomSummary } from "../../shared/wire/room.ts";
import { listedRooms } from "../rooms/listed-rooms.ts";
import type { ClientState, Me } from "../store/client-state.ts";
import { emptyRoom, emptyTimeline, type OwnRead, type RoomState, type Timeline } from "../store/room-state.ts";

/** Raised whenever a record below changes its meaning: what an older version wrote is dropped and read anew. */
export const cacheFormat = 2;

/** How many chats are kept, newest first, and of how many the last messages, and how many of those. */
const mostRooms = 1000;
const mostTimelines = 200;
const mostEvents = 30;

/** Up to where the cache is complete, and who wrote it. */
export interface CacheHead {
	readonly format: number;
	/** The token: rooms and timelines are never older than it says. */
	readonly position: string;
	readonly olderRoomsCursor: string | undefined;
	readonly me: Me;
	readonly accountData: readonly (readonly [type: string, content: Readonly<Record<string, unknown>>])[];
	/** The page that wrote last; another one must not add to its rooms. */
	readonly writer: string;
}

export interface CachedRoom {
	readonly roomId: string;
	readonly summary: WireRoomSummary;
	readonly progress: WireRoomProgress;
	readonly names: readonly (readonly [string, string])[];
	readonly ownRead: OwnRead | undefined;
}

export interface CachedTimeline {
	readonly roomId: string;
	readonly events: readonly WireEvent[];
	readonly olderCursor: string | undefined;
	readonly isComplete: boolean;
	readonly isStale: boolean;
	readonly foldedTo: readonly (readonly [string, string])[];
	readonly appliedRelations: readonly (readonly [string, { readonly targetId: string; readonly key: string }])[];
}

/** The rooms that are kept, newest first. */
export function keptRooms(rooms: ReadonlyMap<string, RoomState>): readonly RoomState[] {
	return listedRooms(rooms.values()).slice(0, mostRooms);
}

/** Those of them whose last messages are kept. */
export function keptTimelines(rooms: readonly RoomState[]): readonly RoomState[] {
	return rooms.slice(0, mostTimelines).filter((room) => room.timeline.events.length > 0);
}

/** Where the list goes on behind the rooms that are kept. */
export function cursorBehind(state: ClientState, kept: readonly RoomState[]): string | undefined {
	return kept.length === mostRooms ? kept.at(-1)?.summary?.lastPosition : state.olderRoomsCursor;
}

/** A room's row; `undefined` while it has none. Of the names, those that the row and the kept messages show. */
export function toCachedRoom({
	roomId,
	summary,
	progress,
	names,
	timeline,
	ownRead,
}: RoomState): CachedRoom | undefined {
	if (summary === undefined) return undefined;
	const kept = timeline.events.slice(-mostEvents);
	const shown = new Set(
		kept.flatMap(({ sender, stateKey }) => (stateKey === undefined ? [sender] : [sender, stateKey])),
	);
	for (const { userId } of summary.heroes) shown.add(userId);
	if (summary.lastMessage !== undefined) shown.add(summary.lastMessage.sender);
	return { roomId, summary, progress, names: [...names].filter(([userId]) => shown.has(userId)), ownRead };
}

/** The end of a room's timeline. */
export function toCachedTimeline({ roomId, timeline }: RoomState): CachedTimeline {
	const events = timeline.events.slice(-mostEvents);
	const isWhole = events.length === timeline.events.length;
	const ids = new Set(events.map((event) => event.eventId));
	return {
		roomId,
		events,
		olderCursor: isWhole ? timeline.olderCursor : events[0]?.position,
		isComplete: isWhole && timeline.isComplete,
		isStale: timeline.isStale,
		foldedTo: [...timeline.foldedTo].filter(([eventId]) => ids.has(eventId)),
		appliedRelations: [...timeline.appliedRelations].flatMap(([eventId, reaction]) =>
			reaction !== undefined && ids.has(reaction.targetId) ? [[eventId, reaction] as const] : [],
		),
	};
}

export function fromCachedRoom({ roomId, summary, progress, names, ownRead }: CachedRoom): RoomState {
	const room = { ...emptyRoom(roomId), summary, progress, names: new Map(names) };
	return ownRead === undefined ? room : { ...room, ownRead };
}

export function fromCachedTimeline(cached: CachedTimeline): Timeline {
	const { events, olderCursor, isComplete, isStale } = cached;
	return {
		...emptyTimeline,
		events,
		olderCursor,
		isComplete,
		isStale,
		foldedTo: new Map(cached.foldedTo),
		appliedRelations: new Map(cached.appliedRelations),
	};
}
