import type { AudienceCache } from "./audience-cache.ts";
import type { DeliveredFloor, StreamLog, StreamStore } from "./ports.ts";
import type { RoomAudience } from "./room-audience.ts";
import type { SubscriberIndex } from "./subscriber-index.ts";

/** Tells the writers of a room how far its slowest member's devices have come: what the second tick is made of. */
export interface TickDelivery {
	/** Devices of these people have acknowledged more. */
	acknowledged(userIds: readonly string[]): void;
	/** Other servers have accepted more of these rooms. */
	delivered(roomNids: readonly number[]): void;
}

const settleMs = 50;

export const createTickDelivery = (options: {
	readonly store: StreamStore;
	readonly audiences: AudienceCache;
	readonly subscribers: SubscriberIndex;
	readonly log: StreamLog;
	position(): number;
}): TickDelivery => {
	/** What was told last of each room that is in memory. */
	const told = new WeakMap<RoomAudience, DeliveredFloor>();
	let waiting = new Set<string>();
	let waitingRooms = new Set<number>();
	let isScheduled = false;
	const run = async (): Promise<void> => {
		isScheduled = false;
		const [userIds, roomNids] = [waiting, waitingRooms];
		waiting = new Set();
		waitingRooms = new Set();
		const concerns = (room: RoomAudience): boolean => roomNids.has(room.roomNid) || hasAny(room, userIds);
		const rooms = [...options.audiences.all()].filter((room) => isUnsettled(room, told) && concerns(room));
		if (rooms.length === 0) return;
		try {
			const floors = await options.store.deliveredFloors(rooms.map((room) => room.roomNid));
			for (const floor of floors) {
				const room = options.audiences.get(floor.roomNid);
				if (room === undefined) continue;
				const before = told.get(room);
				told.set(room, floor);
				for (const userId of room.members.keys()) {
					const reached = reachedFor(floor, userId);
					if (reached === undefined || !options.subscribers.has(userId)) continue;
					if (before !== undefined && reachedFor(before, userId)?.position === reached.position) continue;
					const progress = { deliveredPosition: String(reached.position) };
					const rooms = [{ roomId: floor.roomId, events: [], isLimited: false, progress }];
					const news = { position: options.position(), rooms };
					for (const subscriber of options.subscribers.of(userId)) subscriber.push(news);
				}
			}
		} catch (error) {
			options.log.warn({ err: error }, "delivered positions could not be read");
		}
	};
	const schedule = (): void => {
		if (isScheduled) return;
		isScheduled = true;
		setTimeout(() => void run(), settleMs);
	};
	return {
		acknowledged: (userIds) => {
			for (const userId of userIds) waiting.add(userId);
			schedule();
		},
		delivered: (roomNids) => {
			for (const roomNid of roomNids) waitingRooms.add(roomNid);
			schedule();
		},
	};
};

/** How far everybody but this person has come. */
const reachedFor = (floor: DeliveredFloor, userId: string): DeliveredFloor["second"] =>
	userId === floor.lowest.userId ? floor.second : floor.lowest;

/** Rooms whose newest message everybody has already are left alone. */
const isUnsettled = (room: RoomAudience, told: WeakMap<RoomAudience, DeliveredFloor>): boolean =>
	(told.get(room)?.lowest.position ?? 0) < (room.facts.lastMessageNid ?? 0);

const hasAny = (room: RoomAudience, userIds: ReadonlySet<string>): boolean => {
	for (const userId of userIds) if (room.members.has(userId)) return true;
	return false;
};
