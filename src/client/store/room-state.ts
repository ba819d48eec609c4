import type { WireEvent } from "../../shared/wire/event.ts";
import type { WireRoomProgress, WireRoomSummary } from "../../shared/wire/room.ts";

/** What this page knows of one room. Every value is replaced, never changed in place, so that equality means unchanged. */
export interface RoomState {
	readonly roomId: string;
	/** Absent: only events have been seen, or the room was opened by its address and is still asked for. */
	readonly summary?: WireRoomSummary;
	readonly timeline: Timeline;
	/** Present while a message far back is looked at: what is around it. */
	readonly history?: HistoryWindow;
	/** Present once a message was quoted that is in neither: such messages, one by one, without what is around them. */
	readonly quoted?: Timeline;
	readonly progress: WireRoomProgress;
	/** Names by person, newest known. */
	readonly names: ReadonlyMap<string, string>;
	/** Pictures of people who wrote, where the server named them with their message. */
	readonly pictures?: ReadonlyMap<string, string>;
	/** How far was read here; absent once the server knows of it. */
	readonly ownRead?: OwnRead;
}

/** A read position that holds on this device before the server has heard of it. */
export interface OwnRead {
	readonly eventId: string;
	readonly position: string;
}

/** A gapless run of events up to the newest. */
export interface Timeline {
	/** In stream order, oldest first; edits, reactions and redactions are already applied and not among them. */
	readonly events: readonly WireEvent[];
	/** From where older events are paged; `undefined` means: from the newest, nothing has been loaded yet. */
	readonly olderCursor: string | undefined;
	/** Other servers that the next older page asks; absent: nobody, as far as is known. */
	readonly olderFrom?: readonly string[] | undefined;
	/** True once nothing older exists that the reader may see. */
	readonly isComplete: boolean;
	/** By event: up to which position its relations were folded in when it was read by a page. */
	readonly foldedTo: ReadonlyMap<string, string>;
	/** Relations that are already counted in the events above: a second delivery changes nothing. */
	readonly appliedRelations: ReadonlyMap<string, AppliedReaction | undefined>;
	/** True when a redaction arrived whose target is unknown here: counts may be stale until the next page is read. */
	readonly isStale: boolean;
}

/** A run of events far back, read around one of them, with a gap between it and the newest ones. */
export interface HistoryWindow {
	readonly timeline: Timeline;
	/** From where newer events are paged. */
	readonly newerCursor: string | undefined;
}

/** What a reaction event added, so that its redaction can take it back. */
export interface AppliedReaction {
	readonly targetId: string;
	readonly key: string;
}

export const emptyTimeline: Timeline = {
	events: [],
	olderCursor: undefined,
	isComplete: false,
	foldedTo: new Map(),
	appliedRelations: new Map(),
	isStale: false,
};

export function emptyRoom(roomId: string): RoomState {
	return { roomId, timeline: emptyTimeline, progress: { reads: [] }, names: new Map() };
}
