import type { RoomId } from "../../../../federation/identifiers/identifier-types.ts";

/** How much work rooms may still make. */
export interface RoomBudget {
	/** Takes one piece of work of the room's hour; false: there is none left. */
	take(roomId: RoomId): boolean;
}

const hourMs = 3_600_000;

/** So many pieces of work a room and hour; whoever invents events without end gets no more than that. */
export const createRoomBudget = (perHour: number, clock: { now(): number }): RoomBudget => {
	let taken = new Map<RoomId, number>();
	let until = 0;
	return {
		take: (roomId) => {
			if (clock.now() >= until) {
				taken = new Map();
				until = clock.now() + hourMs;
			}
			const count = taken.get(roomId) ?? 0;
			if (count >= perHour) return false;
			taken.set(roomId, count + 1);
			return true;
		},
	};
};
