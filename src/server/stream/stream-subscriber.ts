import type { WireRoomDelta } from "../../shared/wire/sync.ts";
import { sizeOfEvent } from "./event-size.ts";

/** What one subscription was handed since it last looked. */
export interface StreamNews {
	/** The reader is complete up to here. */
	readonly position: number;
	readonly rooms: readonly WireRoomDelta[];
	/** True: too much waited and was thrown away; read the difference from the database. */
	readonly hasOverflowed: boolean;
}

/** The waiting room between the follower, which never waits, and one reader, who may be slow. */
export interface StreamSubscriber {
	readonly userId: string;
	readonly sessionId: string;
	push(news: { position: number; rooms: readonly WireRoomDelta[] }): void;
	/** What happened is not to be handed over (too much, or a room entered or left): the reader reads from the database. */
	overflow(position: number): void;
	/** The next news, all that waits at once; undefined when the subscription has ended. */
	next(): Promise<StreamNews | undefined>;
	end(): void;
}

/** What may wait for one reader; above, the reader reads the gap from the database instead. */
const maxWaitingEvents = 500;
const maxWaitingBytes = 1_000_000;
/** A row of the chat list, or who has read how far. */
const deltaBytes = 1_000;

export const createStreamSubscriber = (
	{ userId, sessionId }: { readonly userId: string; readonly sessionId: string },
	position: number,
): StreamSubscriber => {
	let waiting: WireRoomDelta[] = [];
	let reached = position;
	let hasNews = false;
	let eventCount = 0;
	let sizeBytes = 0;
	let hasOverflowed = false;
	let hasEnded = false;
	let wake: (() => void) | undefined;
	const take = (): StreamNews => {
		const news = { position: reached, rooms: mergeDeltas(waiting), hasOverflowed };
		waiting = [];
		eventCount = 0;
		sizeBytes = 0;
		hasOverflowed = false;
		hasNews = false;
		return news;
	};
	const drop = (): void => {
		hasOverflowed = true;
		waiting = [];
	};
	return {
		userId,
		sessionId,
		overflow: (at) => {
			reached = Math.max(reached, at);
			hasNews = true;
			drop();
			wake?.();
		},
		push: (news) => {
			reached = Math.max(reached, news.position);
			hasNews = true;
			if (!hasOverflowed) {
				eventCount += news.rooms.reduce((sum, room) => sum + 1 + room.events.length, 0);
				sizeBytes += news.rooms.reduce((sum, room) => sum + sizeOfDelta(room), 0);
				if (eventCount > maxWaitingEvents || sizeBytes > maxWaitingBytes) drop();
				else waiting.push(...news.rooms);
			}
			wake?.();
		},
		next: async () => {
			while (!hasEnded && !hasNews) {
				await new Promise<void>((resolve) => {
					wake = resolve;
				});
				wake = undefined;
			}
			return hasEnded ? undefined : take();
		},
		end: () => {
			hasEnded = true;
			wake?.();
		},
	};
};

const sizeOfDelta = ({ events }: WireRoomDelta): number =>
	events.reduce((sum, event) => sum + sizeOfEvent(event), deltaBytes);

/** Puts what happened to one room in several steps into one delta. */
const mergeDeltas = (deltas: readonly WireRoomDelta[]): readonly WireRoomDelta[] => {
	if (deltas.length < 2) return deltas;
	const merged = new Map<string, WireRoomDelta>();
	for (const delta of deltas) {
		const earlier = merged.get(delta.roomId);
		merged.set(delta.roomId, earlier === undefined ? delta : mergePair(earlier, delta));
	}
	return [...merged.values()];
};

const mergePair = (earlier: WireRoomDelta, later: WireRoomDelta): WireRoomDelta => {
	const reads = [...(earlier.progress?.reads ?? []), ...(later.progress?.reads ?? [])];
	return {
		...earlier,
		...later,
		events: [...earlier.events, ...later.events],
		isLimited: earlier.isLimited || later.isLimited,
		progress: { ...earlier.progress, ...later.progress, ...(reads.length > 0 ? { reads } : {}) },
	};
};
